using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

internal sealed class MemberNode(Location at, Node target, string name, bool nullSafe) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var value = target.Evaluate(context);
        switch (value.Kind)
        {
            case ValueKind.Object:
                value.Object.TryGet(name, out var member);
                return member;
            case ValueKind.List when name == "size":
                return Value.From((long)value.List.Count);
            case ValueKind.Text when name == "size":
                return Value.From((long)value.Text.Length);
            case ValueKind.Date:
                return DatePart(value.Date, name) ?? throw Fail(Problems.UnknownMember(name, []));
            case ValueKind.Null:
                return nullSafe ? Value.Null : throw Fail(Problems.NullMember());
            default:
                throw Fail(value.Kind == ValueKind.Captured ? Problems.CapturedValue() : Problems.UnknownMember(name, []));
        }
    }

    public static Value? DatePart(DateTime date, string name) => name switch
    {
        "year" => Value.From((long)date.Year),
        "month" => Value.From((long)date.Month),
        "day" => Value.From((long)date.Day),
        "hour" => Value.From((long)date.Hour),
        "minute" => Value.From((long)date.Minute),
        "second" => Value.From((long)date.Second),
        "millisecond" => Value.From((long)date.Millisecond),
        "day_of_year" => Value.From((long)date.DayOfYear),
        "date" => Value.From(date.Date),
        _ => null,
    };
}

/// <summary><c>.empty?</c>: a text, list or object without content. Null stays null, and a number is never empty.</summary>
internal sealed class EmptyNode(Location at, Node target) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var value = target.Evaluate(context);
        return value.Kind switch
        {
            ValueKind.Null => Value.Null,
            ValueKind.Text => Value.From(value.Text.Length == 0),
            ValueKind.List => Value.From(value.List.Count == 0),
            ValueKind.Object when !value.Object.IsPair => Value.From(value.Object.Count == 0),
            ValueKind.Integer or ValueKind.Double or ValueKind.Decimal or ValueKind.Boolean => Value.False,
            _ => throw Fail(value.Kind == ValueKind.Captured ? Problems.CapturedValue() : Problems.UnknownMember("empty?", [])),
        };
    }
}

internal sealed class IndexNode(Location at, Node target, Node index, bool nullSafe) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var value = target.Evaluate(context);
        if (value.IsNull)
            return nullSafe ? Value.Null : throw Fail(Problems.NullMember());
        var key = index.Evaluate(context);

        // Scriban takes an index as an integer of 32 bits.
        if (key.IsNumber)
            key = Numbers.IsInteger(key, out var number) ? Value.From((long)number) : throw Fail(Problems.BadIndex());
        switch (value.Kind, key.Kind)
        {
            case (ValueKind.List, ValueKind.Integer):
                var position = key.Integer < 0 ? key.Integer + value.List.Count : key.Integer;
                return position >= 0 && position < value.List.Count ? value.List[(int)position] : Value.Null;
            case (ValueKind.Object, ValueKind.Text) when !value.Object.IsPair:
                value.Object.TryGet(key.Text, out var member);
                return member;
            case (ValueKind.Text, ValueKind.Integer):
                context.Read(At, value.Text);
                return CharacterAt(value.Text, key.Integer);
            default:
                throw Fail(Problems.BadIndex());
        }
    }

    private Value CharacterAt(string text, long at)
    {
        if (at < 0)
            at += text.Length;
        if (at < 0 || at >= text.Length)
            throw Fail(Problems.BadIndex());
        return Texts.CanCut(text, (int)at) && Texts.CanCut(text, (int)at + 1)
            ? Value.From(text.Substring((int)at, 1))
            : throw Fail(Problems.CutsCharacter());
    }
}

/// <summary><c>for.index</c> and its kin, from the slots that the loop keeps.</summary>
internal sealed class LoopMemberNode(Location at, LoopSlots slots, string name) : Node(at)
{
    public static readonly string[] Names = ["index", "first", "last", "even", "odd", "length", "rindex", "changed"];

    protected override Value Run(RenderContext context)
    {
        var index = context.Slot(slots.Index).Integer;
        var length = context.Slot(slots.Length).Integer;
        return name switch
        {
            "index" => Value.From(index),
            "first" => Value.From(index == 0),
            "last" => Value.From(index == length - 1),
            "even" => Value.From(index % 2 == 0),
            "odd" => Value.From(index % 2 != 0),
            "length" => Value.From(length),
            "rindex" => Value.From(length - index - 1),
            _ => context.Slot(slots.Changed),
        };
    }
}

/// <summary>Where a loop keeps its variable and its state.</summary>
internal sealed record LoopSlots(int Variable, int Index, int Length, int Changed);

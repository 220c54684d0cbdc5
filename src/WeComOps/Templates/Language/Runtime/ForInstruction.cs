using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>
/// A loop over a list. The offset is cut from the front first, then the order is reversed, then the limit applies.
/// Null runs nothing, not even <c>else</c>; an empty list runs <c>else</c>.
/// </summary>
internal sealed class ForInstruction(
    Location at, LoopSlots slots, Node list, Node? limit, Node? offset, bool reversed, BlockInstruction body, BlockInstruction? otherwise)
    : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        var value = list.Evaluate(context);
        if (value.IsNull)
            return Flow.Next;
        var items = value.Kind switch
        {
            ValueKind.List => value.List,
            ValueKind.Object when !value.Object.IsPair => Pairs(context, value.Object),
            _ => throw new RenderException(list.At, Problems.NotAList()),
        };
        var first = Math.Min(Number(context, offset, 0, 0), items.Count);
        var length = Math.Min(Number(context, limit, 1, int.MaxValue), items.Count - first);
        if (length == 0)
            return otherwise?.Execute(context) ?? Flow.Next;
        context.EnterLoop();
        context.Slot(slots.Length) = Value.From((long)length);
        for (var i = 0; i < length; i++)
        {
            context.Iterate(At);
            Begin(context, i, items[reversed ? items.Count - 1 - i : first + i]);
            if (body.Execute(context) == Flow.Break)
                break;
        }

        context.LeaveLoop();
        return Flow.Next;
    }

    private ListValue Pairs(RenderContext context, ObjectValue item)
    {
        context.Step(At, item.Count);
        return item.Pairs();
    }

    private void Begin(RenderContext context, int index, Value item)
    {
        context.Slot(slots.Changed) = Value.From(index == 0 || !item.SameAs(context.Slot(slots.Variable)));
        context.Slot(slots.Index) = Value.From((long)index);
        context.Slot(slots.Variable) = item;
    }

    private static int Number(RenderContext context, Node? option, int least, int absent)
    {
        if (option is null)
            return absent;
        var value = option.Evaluate(context);
        return Numbers.IsInteger(value, out var number) && number >= least
            ? number
            : throw new RenderException(option.At, Problems.BadLimit());
    }
}

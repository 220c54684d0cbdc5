using System.Globalization;
using System.Numerics;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>Functions that look at one member of every element.</summary>
internal static class ArrayMembers
{
    /// <summary>Elements without the member are left out.</summary>
    public static Value Map(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull || a[1].IsNull)
            return Value.From(ListValue.Empty);
        var list = a[0].List;
        context.Iterate(at, list.Count);
        var result = new List<Value>(list.Count);
        foreach (var item in list.Span)
        {
            if (TryGet(at, item, a[1].Text, out var member))
                result.Add(member);
        }

        return Value.From(new ListValue([.. result]));
    }

    /// <summary>Stable; null comes first. Numbers must be of one kind, which the data of a rendering is.</summary>
    public static Value Sort(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
            return Value.From(ListValue.Empty);
        var list = a[0].List;
        context.Iterate(at, list.Count);
        context.Step(at, list.Count * 4);
        var member = TextOf(a[1]) ?? string.Empty;
        var items = list.Span.ToArray();
        var keys = member.Length == 0 ? items : Array.ConvertAll(items, item => KeyOf(at, item, member));
        RefuseMixed(at, keys);
        PayForComparing(context, at, keys);
        var order = Enumerable.Range(0, items.Length).ToArray();
        Array.Sort(order, (x, y) => Compare(keys[x], keys[y]) is var result && result != 0 ? result : x.CompareTo(y));
        return Value.From(new ListValue(Array.ConvertAll(order, i => items[i]), list.IsConstant));
    }

    /// <summary>Texts are compared by the rules of a language, which costs far more than reading them, and each about as often as the list can be halved.</summary>
    private static void PayForComparing(RenderContext context, Location at, Value[] keys)
    {
        const int CharactersPerStep = 8;
        var characters = keys.Sum(key => key.Kind == ValueKind.Text ? (long)key.Text.Length : 0);
        context.Step(at, (int)Math.Min(characters * (BitOperations.Log2((uint)keys.Length + 1) + 1) / CharactersPerStep, TemplateLimits.Steps));
    }

    private static Value KeyOf(Location at, Value item, string member)
    {
        if (TryGet(at, item, member, out var key))
            return key;
        if (!member.Contains('.', StringComparison.Ordinal))
            return Value.Null;
        foreach (var part in member.Split('.'))
        {
            if (!TryGet(at, item, part, out item))
                return Value.Null;
        }

        return item;
    }

    private static bool TryGet(Location at, Value item, string member, out Value value)
    {
        value = Value.Null;
        switch (item.Kind)
        {
            case ValueKind.Null:
                return false;
            case ValueKind.Object when !item.Object.IsPair:
                return item.Object.TryGet(member, out value);
            case ValueKind.Text when member == "size":
                value = Value.From((long)item.Text.Length);
                return true;
            default:
                throw Fail(at, Problems.WrongArgument("member", "元素都有的成员"));
        }
    }

    private static void RefuseMixed(Location at, Value[] keys)
    {
        var kinds = keys.Select(key => key.Kind).Where(kind => kind != ValueKind.Null).Distinct().ToArray();
        if (keys.Length > 1 && (kinds.Length > 1 || kinds.Any(kind => kind is ValueKind.List or ValueKind.Object or ValueKind.Captured)))
            throw Fail(at, Problems.MixedSort());
        if (keys.Any(key => key.Kind == ValueKind.Integer && key.Integer is < int.MinValue or > int.MaxValue)
            && keys.Any(key => key.Kind == ValueKind.Integer && key.Integer is >= int.MinValue and <= int.MaxValue))
        {
            throw Fail(at, Problems.MixedSort());
        }
    }

    private static int Compare(Value left, Value right)
    {
        if (left.IsNull || right.IsNull)
            return (left.IsNull ? 0 : 1) - (right.IsNull ? 0 : 1);
        return left.Kind switch
        {
            ValueKind.Text => CultureInfo.InvariantCulture.CompareInfo.Compare(left.Text, right.Text),
            ValueKind.Double => left.Double.CompareTo(right.Double),
            ValueKind.Decimal => left.Decimal.CompareTo(right.Decimal),
            ValueKind.Date => left.Date.CompareTo(right.Date),
            ValueKind.Boolean => left.Boolean.CompareTo(right.Boolean),
            _ => left.Integer.CompareTo(right.Integer),
        };
    }
}

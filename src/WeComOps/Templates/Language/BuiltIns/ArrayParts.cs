using System.Text;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>What functions of lists do element by element.</summary>
internal static class ArrayParts
{
    public static Value Join(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
            return Value.From(string.Empty);
        var list = a[0].List;
        context.Iterate(at, list.Count);
        var result = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                result.Append(TextOf(a[1]));
            result.Append(Texts.Of(context, at, list[i]));
            if (result.Length > TemplateLimits.OutputBytes)
                throw Fail(at, Problems.TextTooLong());
        }

        return Value.From(result.ToString());
    }

    public static Value Contains(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
            return Value.False;
        RefuseNested(at, a[1]);
        context.Iterate(at, a[0].List.Count);
        foreach (var item in a[0].List.Span)
        {
            if (item.SameAs(a[1]))
                return Value.True;
        }

        return Value.False;
    }

    public static Value Uniq(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
            return a[0];
        var list = a[0].List;
        foreach (var item in list.Span)
            RefuseNested(at, item);

        // Short lists: looking back costs less than hashing, and it is paid for in steps.
        return ArrayFunctions.Keep(context, at, a[0], (item, index) =>
        {
            context.Step(at, index / 16);
            for (var i = 0; i < index; i++)
            {
                if (list[i].SameAs(item))
                    return false;
            }

            return true;
        });
    }

    public static Value Concat(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull || a[1].IsNull)
            return a[0].IsNull ? a[1] : a[0];
        context.Iterate(at, a[0].List.Count);
        context.Iterate(at, a[1].List.Count);
        Value[] items = [.. a[0].List.Span, .. a[1].List.Span];
        return Value.From(new ListValue(items, a[0].List.IsConstant && a[1].List.IsConstant));
    }

    /// <summary>Inserts at an index from 0; places that are missing before it are filled with null.</summary>
    public static Value Insert(RenderContext context, Location at, Value list, long index, Value value)
    {
        var count = list.IsNull ? 0 : list.List.Count;
        index = Math.Max(0, index);
        if (index > TemplateLimits.LoopIterations)
            throw Fail(at, Problems.TooManyIterations());
        context.Iterate(at, (int)Math.Max(index, count));
        var items = list.IsNull ? [] : new List<Value>(list.List.Span.ToArray());
        while (items.Count < index)
            items.Add(Value.Null);
        items.Insert((int)index, value);
        return Value.From(new ListValue([.. items]));
    }

    public static Value RemoveAt(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
            return Value.From(ListValue.Empty);
        var index = a[1].Integer < 0 ? a[1].Integer + a[0].List.Count : a[1].Integer;
        return ArrayFunctions.Keep(context, at, a[0], (_, i) => i != index);
    }

    /// <summary>Lists and objects are equal to Scriban only if they are the same one, which no template can know.</summary>
    private static void RefuseNested(Location at, Value value)
    {
        if (value.Kind is ValueKind.List or ValueKind.Object or ValueKind.Captured)
            throw Fail(at, Problems.NotComparable());
    }
}

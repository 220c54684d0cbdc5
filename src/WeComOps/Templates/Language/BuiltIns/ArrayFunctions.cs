using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>The group <c>array</c>. Lists never change: every function gives a new one. Each element visited counts as an iteration.</summary>
internal static class ArrayFunctions
{
    public static readonly Function[] All =
    [
        new("array", "size", [List("list")], static (_, _, a) => Value.From((long)(a[0].IsNull ? 0 : a[0].List.Count)), Always(TemplateType.Number)),
        new("array", "first", [List("list")], static (_, _, a) => a[0].IsNull || a[0].List.Count == 0 ? Value.Null : a[0].List[0], ElementOf),
        new("array", "last", [List("list")], static (_, _, a) => a[0].IsNull || a[0].List.Count == 0 ? Value.Null : a[0].List[a[0].List.Count - 1], ElementOf),
        new("array", "join", [List("list"), Text("delimiter")], ArrayParts.Join, Always(TemplateType.Text)),
        new("array", "contains", [List("list"), Any("item")], ArrayParts.Contains, Always(TemplateType.Boolean)),
        new("array", "map", [List("list"), Text("member")], ArrayMembers.Map, Always(TemplateType.ListOf(TemplateType.Unknown))),
        new("array", "sort", [List("list"), Text("member").Optional()], ArrayMembers.Sort, First),
        new("array", "reverse", [List("list")], Reverse, First),
        new("array", "compact", [List("list")], static (c, at, a) => Keep(c, at, a[0], static (item, _) => !item.IsNull), First),
        new("array", "limit", [List("list"), Integer("count")], static (c, at, a) => Part(c, at, a[0], 0, a[1].Integer), First),
        new("array", "offset", [List("list"), Integer("index")], static (c, at, a) => Part(c, at, a[0], a[1].Integer, long.MaxValue), First),
        new("array", "uniq", [List("list")], ArrayParts.Uniq, First),
        new("array", "concat", [List("list1"), List("list2")], ArrayParts.Concat, Joined),
        new("array", "add_range", [List("list1"), List("list2")], ArrayParts.Concat, Joined),
        new("array", "add", [List("list"), Any("value")], static (c, at, a) => ArrayParts.Insert(c, at, a[0], a[0].IsNull ? 0 : a[0].List.Count, a[1]), Added),
        new("array", "insert_at", [List("list"), Integer("index"), Any("value")], static (c, at, a) => ArrayParts.Insert(c, at, a[0], a[1].Integer, a[2]), Always(TemplateType.ListOf(TemplateType.Unknown))),
        new("array", "remove_at", [List("list"), Integer("index")], ArrayParts.RemoveAt, First),
    ];

    private static TemplateType First(TemplateType[] types) => types[0];

    private static TemplateType ElementOf(TemplateType[] types) => types[0].Element ?? TemplateType.Unknown;

    private static TemplateType Joined(TemplateType[] types) => TemplateType.Join(types[0], types[1]);

    private static TemplateType Added(TemplateType[] types) =>
        types[0].Element is { } element ? TemplateType.Join(types[0], TemplateType.ListOf(element.Kind == TemplateTypeKind.Unknown ? element : types[1])) : TemplateType.Unknown;

    /// <summary>The elements that a test keeps; null stays null.</summary>
    public static Value Keep(RenderContext context, Location at, Value list, Func<Value, int, bool> test)
    {
        if (list.IsNull)
            return list;
        context.Iterate(at, list.List.Count);
        var kept = new List<Value>(list.List.Count);
        for (var i = 0; i < list.List.Count; i++)
        {
            if (test(list.List[i], i))
                kept.Add(list.List[i]);
        }

        return Value.From(new ListValue([.. kept], list.List.IsConstant));
    }

    private static Value Part(RenderContext context, Location at, Value list, long first, long count) =>
        Keep(context, at, list, (_, index) => index >= first && index - first < count);

    private static Value Reverse(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].IsNull)
            return Value.From(ListValue.Empty);
        context.Iterate(at, a[0].List.Count);
        var items = a[0].List.Span.ToArray();
        Array.Reverse(items);
        return Value.From(new ListValue(items, a[0].List.IsConstant));
    }
}

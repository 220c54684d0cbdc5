using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>The group <c>object</c>.</summary>
internal static class ObjectFunctions
{
    private static readonly Parameter Subject = new("value", ParameterKind.Object);

    public static readonly Function[] All =
    [
        new("object", "default", [Any("value") with { AllowsCaptured = true }, Any("default")], Default, types => TemplateType.Join(types[0], types[1])),
        new("object", "format", [Any("value"), Text("format")], NumberFormat.FormatAny, Always(TemplateType.Text), NumberFormat.Check),
        new("object", "has_key", [Subject, Text("key")], static (_, _, a) => Value.From(Find(a, out _)), Always(TemplateType.Boolean)),
        new("object", "has_value", [Subject, Text("key")], static (_, _, a) => Value.From(Find(a, out var value) && !value.IsNull), Always(TemplateType.Boolean)),
        new("object", "keys", [Subject], static (c, at, a) => Members(c, at, a[0], static (item, i) => Value.From(item.NameAt(i)), isConstant: true), Always(TemplateType.ListOf(TemplateType.Text))),
        new("object", "values", [Subject], static (c, at, a) => Members(c, at, a[0], static (item, i) => item.ValueAt(i), isConstant: false), Always(TemplateType.ListOf(TemplateType.Unknown))),
        new("object", "size", [Any("value")], Size, Always(TemplateType.Number)),
        new("object", "typeof", [Any("value")], TypeOf, Always(TemplateType.Text)),
    ];

    /// <summary>What <c>capture</c> gave stays, even where it is empty, which nobody expects.</summary>
    private static Value Default(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[0].Kind == ValueKind.Captured && a[0].Text.Length == 0)
            throw Fail(at, Problems.CapturedValue());
        return a[0].IsNull || (a[0].Kind == ValueKind.Text && a[0].Text.Length == 0) ? a[1] : a[0];
    }

    private static bool Find(ReadOnlySpan<Value> a, out Value value)
    {
        value = Value.Null;
        return !a[0].IsNull && !a[1].IsNull && a[0].Object.TryGet(a[1].Text, out value);
    }

    /// <summary>The names are those that the front matter declares, so printing them shows nothing that the preview does not.</summary>
    private static Value Members(RenderContext context, Location at, Value value, Func<ObjectValue, int, Value> member, bool isConstant)
    {
        if (value.IsNull)
            return Value.From(ListValue.Empty);
        context.Step(at, value.Object.Count);
        var items = new Value[value.Object.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = member(value.Object, i);
        return Value.From(new ListValue(items, isConstant));
    }

    private static Value Size(RenderContext context, Location at, ReadOnlySpan<Value> a) => a[0].Kind switch
    {
        ValueKind.Null => Value.From(0L),
        ValueKind.Text => Value.From((long)a[0].Text.Length),
        ValueKind.List => Value.From((long)a[0].List.Count),
        ValueKind.Object when !a[0].Object.IsPair => Value.From((long)a[0].Object.Count),
        _ => throw Fail(at, Problems.WrongArgument("value", "文字、列表或对象")),
    };

    private static Value TypeOf(RenderContext context, Location at, ReadOnlySpan<Value> a) => a[0].Kind switch
    {
        ValueKind.Null => Value.Null,
        ValueKind.Text => Value.From("string"),
        ValueKind.Boolean => Value.From("boolean"),
        ValueKind.Integer or ValueKind.Double or ValueKind.Decimal => Value.From("number"),
        ValueKind.Object => Value.From("object"),

        // Scriban tells a list from a lazy sequence here, and a date is an object to it: nothing that a text should depend on.
        _ => throw Fail(at, Problems.WrongArgument("value", "文字、数字、布尔值或对象")),
    };
}

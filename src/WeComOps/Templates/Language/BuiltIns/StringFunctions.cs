using System.Globalization;
using WeComOps.Templates.Language.Runtime;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>The group <c>string</c>. Lengths count UTF-16 units; null counts as the empty text where Scriban lets it.</summary>
internal static class StringFunctions
{
    public static readonly Function[] All =
    [
        Make("append", [Text("text"), Text("with")], (text, with) => text + with),
        Make("prepend", [Text("text"), Text("by")], (text, by) => by + text),
        Make("capitalize", StringCases.Capitalize),
        Make("capitalizewords", StringCases.CapitalizeWords),
        Make("handleize", text => StringCases.Handleize(text ?? throw new FormatException())),
        Make("downcase", text => text?.ToLowerInvariant()),
        Make("upcase", text => text?.ToUpperInvariant()),
        Make("strip", text => text?.Trim()),
        Make("lstrip", text => text?.TrimStart()),
        Make("rstrip", text => text?.TrimEnd()),
        Make("strip_newlines", text => text?.ReplaceLineBreaks() ?? string.Empty),
        Make("escape", text => text is null ? null : Texts.Escape(text)),
        Make("literal", text => text is null ? null : Texts.Quote(text)),
        Make("remove", [Text("text"), Text("remove")], (text, part) => IsEmpty(text, part) ? text : text!.Replace(part!, string.Empty, StringComparison.Ordinal)),
        Make("remove_first", [Text("text"), Text("remove")], (text, part) => ReplaceOne(text, part, string.Empty, fromEnd: false, text)),
        Make("remove_last", [Text("text"), Text("remove")], (text, part) => ReplaceOne(text, part, string.Empty, fromEnd: true, text)),
        Test("contains", (text, value) => text.Contains(value, StringComparison.Ordinal)),
        Test("starts_with", (text, value) => text.StartsWith(value, StringComparison.InvariantCulture)),
        Test("ends_with", (text, value) => text.EndsWith(value, StringComparison.InvariantCulture)),
        new("string", "equals_ignore_case", [Text("text"), Text("value")], static (_, _, a) =>
            Value.From(!a[0].IsNull && string.Equals(a[0].Text, TextOf(a[1]), StringComparison.InvariantCultureIgnoreCase)), Always(TemplateType.Boolean)),
        new("string", "empty", [Text("text")], static (_, _, a) => Value.From(string.IsNullOrEmpty(TextOf(a[0]))), Always(TemplateType.Boolean)),
        new("string", "whitespace", [Text("text")], static (_, _, a) => Value.From(string.IsNullOrWhiteSpace(TextOf(a[0]))), Always(TemplateType.Boolean)),
        new("string", "size", [Text("text")], static (_, _, a) => Value.From((long)(TextOf(a[0])?.Length ?? 0)), Always(TemplateType.Number)),
        new("string", "index_of", [Text("text"), Text("search")], IndexOf, Always(TemplateType.Number)),
        new("string", "replace", [Text("text"), Text("match"), Text("replace")], Replace, Always(TemplateType.Text)),
        new("string", "replace_first", [Text("text"), Text("match"), Text("replace")], static (_, _, a) =>
            Value.From(ReplaceOne(TextOf(a[0]), TextOf(a[1]), TextOf(a[2]) ?? string.Empty, fromEnd: false, TextOf(a[0]) ?? string.Empty)), Always(TemplateType.Text)),
        new("string", "pluralize", [Integer("number"), Text("singular"), Text("plural")], static (_, _, a) => a[0].Integer == 1 ? a[1] : a[2], Always(TemplateType.Text)),
        new("string", "pad_left", [Text("text"), Integer("width")], static (_, at, a) => Pad(at, a, left: true), Always(TemplateType.Text)),
        new("string", "pad_right", [Text("text"), Integer("width")], static (_, at, a) => Pad(at, a, left: false), Always(TemplateType.Text)),
        new("string", "split", [Text("text"), Text("match")], Split, Always(TemplateType.ListOf(TemplateType.Text))),
        new("string", "to_int", [Text("text")], static (_, _, a) => int.TryParse(TextOf(a[0]), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)
            ? Value.From((long)n) : Value.Null, Always(TemplateType.Unknown)),
        new("string", "to_long", [Text("text")], static (_, _, a) => long.TryParse(TextOf(a[0]), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)
            ? Value.From(n) : Value.Null, Always(TemplateType.Unknown)),
        new("string", "to_double", [Text("text")], ToDouble, Always(TemplateType.Unknown)),
        new("string", "slice", [Text("text"), Integer("start"), Integer("length").Optional()], StringParts.Slice, Always(TemplateType.Text)),
        new("string", "slice1", [Text("text"), Integer("start"), Integer("length").Optional()], StringParts.SliceOne, Always(TemplateType.Text)),
        new("string", "truncate", [Text("text"), Integer("length"), Text("ellipsis").Optional()], StringParts.Truncate, Always(TemplateType.Text)),
        new("string", "truncatewords", [Text("text"), Integer("count"), Text("ellipsis").Optional()], StringParts.TruncateWords, Always(TemplateType.Text)),
    ];

    private static Function Make(string name, Func<string?, string?> body) =>
        new("string", name, [Text("text")], (_, at, a) =>
        {
            if (name == "handleize" && a[0].IsNull)
                throw Fail(at, Syntax.Problems.WrongArgument("text", "文字"));
            return Value.From(body(TextOf(a[0])));
        }, Always(TemplateType.Text));

    private static Function Make(string name, Parameter[] parameters, Func<string?, string?, string?> body) =>
        new("string", name, parameters, (_, _, a) => Value.From(body(TextOf(a[0]), TextOf(a[1]))), Always(TemplateType.Text));

    /// <summary>A question about two texts; the answer is no where one of them is empty.</summary>
    private static Function Test(string name, Func<string, string, bool> body) =>
        new("string", name, [Text("text"), Text("value")], (_, _, a) =>
            Value.From(!IsEmpty(TextOf(a[0]), TextOf(a[1])) && body(a[0].Text, a[1].Text)), Always(TemplateType.Boolean));

    private static bool IsEmpty(string? text, string? part) => string.IsNullOrEmpty(text) || string.IsNullOrEmpty(part);

    private static string ReplaceLineBreaks(this string text) =>
        text.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal);

    private static string? ReplaceOne(string? text, string? match, string with, bool fromEnd, string? unchanged)
    {
        if (IsEmpty(text, match))
            return unchanged;
        var at = fromEnd ? text!.LastIndexOf(match!, StringComparison.OrdinalIgnoreCase) : text!.IndexOf(match!, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + match!.Length));
    }

    private static Value Replace(RenderContext context, Syntax.Location at, ReadOnlySpan<Value> a)
    {
        var text = TextOf(a[0]) ?? string.Empty;
        var match = TextOf(a[1]) ?? string.Empty;
        var with = TextOf(a[2]) ?? string.Empty;
        if (text.Length == 0)
            return Value.From(string.Empty);
        if (match.Length == 0)
            throw Fail(at, Syntax.Problems.WrongArgument("match", "不为空的文字"));

        // Both texts are at most 16 KiB long, but their product is not: count before building.
        context.Read(at, text);
        if (with.Length > match.Length && (long)(text.Length / match.Length) * with.Length > TemplateLimits.OutputBytes)
        {
            var count = 0;
            for (var i = text.IndexOf(match, StringComparison.Ordinal); i >= 0; i = text.IndexOf(match, i + match.Length, StringComparison.Ordinal))
                count++;
            if (text.Length + ((long)count * (with.Length - match.Length)) > TemplateLimits.OutputBytes)
                throw Fail(at, Syntax.Problems.TextTooLong());
        }

        return Value.From(text.Replace(match, with, StringComparison.Ordinal));
    }

    /// <summary>Looked for by the rules of the invariant culture, so an invisible character alone is found at the start.</summary>
    private static Value IndexOf(RenderContext context, Syntax.Location at, ReadOnlySpan<Value> a)
    {
        // Comparing by rules costs more than comparing characters, and it is done anew at every place.
        const long ComparisonsPerStep = 256;
        if (TextOf(a[0]) is not { } text || TextOf(a[1]) is not { } search)
            throw Fail(at, Syntax.Problems.WrongArgument("text", "文字"));
        context.Step(at, (int)Math.Min((long)text.Length * search.Length / ComparisonsPerStep, TemplateLimits.Steps));
        return Value.From((long)text.IndexOf(search, StringComparison.InvariantCulture));
    }

    private static Value Pad(Syntax.Location at, ReadOnlySpan<Value> a, bool left)
    {
        var width = a[1].Integer;
        if (width < 0)
            throw Fail(at, Syntax.Problems.WrongArgument("width", "正整数"));
        if (width > TemplateLimits.OutputBytes)
            throw Fail(at, Syntax.Problems.TextTooLong());
        var text = TextOf(a[0]) ?? string.Empty;
        return Value.From(left ? text.PadLeft((int)width) : text.PadRight((int)width));
    }

    private static Value Split(RenderContext context, Syntax.Location at, ReadOnlySpan<Value> a)
    {
        var text = TextOf(a[0]);
        if (string.IsNullOrEmpty(text))
            return Value.From(ListValue.Empty);
        var parts = TextOf(a[1]) is { Length: > 0 } match ? text.Split(match, StringSplitOptions.RemoveEmptyEntries) : [text];
        context.Iterate(at, parts.Length);
        return Value.From(new ListValue(Array.ConvertAll(parts, Value.From)));
    }

    private static Value ToDouble(RenderContext context, Syntax.Location at, ReadOnlySpan<Value> a) =>
        double.TryParse(TextOf(a[0]), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? Numbers.Finite(at, number)
            : Value.Null;
}

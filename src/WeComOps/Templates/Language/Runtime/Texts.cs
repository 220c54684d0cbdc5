using System.Globalization;
using System.Text;
using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>How values become text.</summary>
internal static class Texts
{
    /// <summary>The text of a value inside of a larger text: null is null, lists and objects have none.</summary>
    public static string? Of(RenderContext context, Location at, Value value) => value.Kind switch
    {
        ValueKind.Text or ValueKind.Captured => value.Text,
        ValueKind.Null => null,
        ValueKind.Boolean => value.Boolean ? "true" : "false",
        ValueKind.Date => DateFormat.Format(at, value.Date, DateFormat.Default),
        ValueKind.List or ValueKind.Object => Notation.Of(context, at, value),
        _ => Numbers.Format(value),
    };

    /// <summary>Prints a value without building a text where none is needed.</summary>
    public static void Print(RenderContext context, Location at, Value value)
    {
        bool fits;
        switch (value.Kind)
        {
            case ValueKind.Null:
                return;
            case ValueKind.Integer:
                Span<char> digits = stackalloc char[24];
                value.Integer.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
                fits = context.Output.Write(digits[..written]);
                break;
            default:
                fits = context.Output.Write(Of(context, at, value));
                break;
        }

        if (!fits)
            throw new RenderException(at, Problems.OutputTooLong());
    }

    /// <summary>The text in quotes, with what cannot stand in quotes escaped.</summary>
    public static string Quote(string text) => $"\"{Escape(text)}\"";

    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var escaped = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\a' => "\\a",
                '\b' => "\\b",
                '\t' => "\\t",
                '\r' => "\\r",
                '\v' => "\\v",
                '\f' => "\\f",
                '\n' => "\\n",
                < ' ' => $"\\x{(int)c:x2}",
                _ => null,
            };
            _ = escaped is null ? result.Append(c) : result.Append(escaped);
        }

        return result.ToString();
    }

    /// <summary>Whether a text may be cut before this UTF-16 unit without cutting a character, an emoji above all, in half.</summary>
    public static bool CanCut(string text, int at)
    {
        if (at <= 0 || at >= text.Length)
            return true;
        var index = 0;
        while (index < at)
            index += StringInfo.GetNextTextElementLength(text, index);
        return index == at;
    }
}

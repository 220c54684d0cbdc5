using System.Net;
using System.Text;
using WeComOps.Templates.Language.Runtime;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>The group <c>html</c>. What only HTML understands is refused in plain text, where the customer would read the entities.</summary>
internal static class HtmlFunctions
{
    public static readonly Function[] All =
    [
        Make("escape", text => WebUtility.HtmlEncode(text), htmlOnly: true),
        Make("newline_to_br", NewLineToBreak, htmlOnly: true),
        Make("url_encode", Uri.EscapeDataString, htmlOnly: false),
        Make("url_escape", EscapeUrl, htmlOnly: false),
    ];

    private static Function Make(string name, Func<string, string> body, bool htmlOnly) =>
        new("html", name, [Text("text")], (_, _, a) => TextOf(a[0]) is { Length: > 0 } text ? Value.From(body(text)) : a[0], Always(TemplateType.Text), HtmlOnly: htmlOnly);

    private static string NewLineToBreak(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')))
                result.Append("<br />");
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static string EscapeUrl(string text)
    {
        const string Kept = "-._~:/?#[]@!$&'()*+,;=";
        var result = new StringBuilder(text.Length);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !char.IsAsciiLetterOrDigit(text[i]) && !Kept.Contains(text[i], StringComparison.Ordinal))
                continue;
            result.Append(Uri.EscapeDataString(text[start..i]));
            if (i < text.Length)
                result.Append(text[i]);
            start = i + 1;
        }

        return result.ToString();
    }
}

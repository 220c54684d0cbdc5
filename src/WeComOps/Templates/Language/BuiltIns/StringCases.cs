using System.Text;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>Upper and lower case, by the invariant culture.</summary>
internal static class StringCases
{
    public static string Capitalize(string? text) => string.IsNullOrEmpty(text) || char.IsUpper(text[0])
        ? text ?? string.Empty
        : char.ToUpperInvariant(text[0]) + text[1..];

    public static string CapitalizeWords(string? text)
    {
        var result = new StringBuilder(text);
        var atStart = true;
        for (var i = 0; i < result.Length; i++)
        {
            var c = result[i];
            if (char.IsWhiteSpace(c))
            {
                atStart = true;
            }
            else if (atStart && char.IsLetter(c))
            {
                result[i] = char.ToUpperInvariant(c);
                atStart = false;
            }
        }

        return result.ToString();
    }

    public static string Handleize(string text)
    {
        var result = new StringBuilder(text.Length);
        var last = '\0';
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                result.Append(char.ToLowerInvariant(c));
                last = c;
            }
            else if (last != '-')
            {
                result.Append('-');
                last = '-';
            }
        }

        if (result.Length > 0 && result[^1] == '-')
            result.Length--;
        return result.ToString();
    }
}

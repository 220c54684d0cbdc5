using System.Text;

namespace WeComOps.Storage.Sql;

/// <summary>
/// Text as both engines can keep it: U+0000 (which PostgreSQL refuses) and halves of surrogate pairs (which are no UTF-8)
/// become U+FFFD. Such text comes from outside in names, browsers' headers and callbacks; refusing it would park an event
/// for ever.
/// </summary>
internal static class CleanText
{
    public static string Of(string text)
    {
        if (!text.AsSpan().Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Enumerating replaces a lone surrogate by U+FFFD already.
            clean.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }
}

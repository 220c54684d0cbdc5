using System.Text.RegularExpressions;

namespace WeComOps.Templates.Lint;

/// <summary>Web addresses in a text, also those that are not written as links.</summary>
internal static partial class Addresses
{
    /// <summary>The text with every address replaced by line breaks of the same length: a token may spell anything.</summary>
    public static string Mask(string text)
    {
        var masked = text.ToCharArray();
        foreach (var match in Http().EnumerateMatches(Narrow(text)))
        {
            Array.Fill(masked, '\n', match.Index, match.Length);
        }

        return new string(masked);
    }

    /// <summary>Each address with its host; a host that cannot be read is empty.</summary>
    public static IEnumerable<(int Start, string Address, string Host, bool IsHttps)> In(string text)
    {
        var narrow = Narrow(text);
        var masked = narrow.ToCharArray();
        foreach (Match match in Http().Matches(narrow))
        {
            Array.Fill(masked, '\n', match.Index, match.Length);
            var readable = Uri.TryCreate(match.Value, UriKind.Absolute, out var url) && url.UserInfo.Length == 0;
            yield return (match.Index, text.Substring(match.Index, match.Length), readable ? url!.IdnHost : string.Empty, readable && url!.Scheme == Uri.UriSchemeHttps);
        }

        foreach (Match match in Bare.Matches(new string(masked)))
        {
            yield return (match.Index, text.Substring(match.Index, match.Length), match.Value.ToLowerInvariant(), false);
        }
    }

    /// <summary>Full-width letters and dots open in a browser as well. The width of a character stays one, so places stay.</summary>
    private static string Narrow(string text) => string.Create(text.Length, text, static (letters, source) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = source[i] is >= '\uff01' and <= '\uff5e' && source[i] is not ('，' or '；' or '（' or '）' or '！' or '？') ? (char)(source[i] - 0xfee0) : source[i];
        }
    });

    [GeneratedRegex("https?:[/\\\\]{2}[!#-&(-;=?-~]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Http();

    /// <summary>Without backtracking: a text of nothing but <c>a.a.a.a</c> must not cost the square of its length.</summary>
    private static readonly Regex Bare = new(
        "(?:[a-z0-9-]+\\.)+(?:com|cn|net|org|top|xyz|vip|cc|io|info|site|shop|link|app|club)\\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
}

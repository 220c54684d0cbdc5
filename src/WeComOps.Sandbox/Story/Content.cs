using System.Text.RegularExpressions;

namespace WeComOps.Sandbox.Story;

/// <summary>A moment or post as people see it: the words, the links to follow, the join codes to scan.</summary>
internal sealed partial class Content
{
    private Content(string text, IReadOnlyList<string> links, IReadOnlyList<string> joinCodes)
    {
        Text = text;
        Links = links;
        JoinCodes = joinCodes;
        // Links carry ports and tokens: what is drawn from a text is drawn from the words alone.
        StableHash = Dice.Hash(Address().Replace(text, "URL"));
    }

    public string Text { get; }

    public IReadOnlyList<string> Links { get; }

    /// <summary>Config ids of join ways whose code is shown.</summary>
    public IReadOnlyList<string> JoinCodes { get; }

    public ulong StableHash { get; }

    public static Content Of(string text, IEnumerable<string> attachedLinks)
    {
        List<string> links = [];
        List<string> codes = [];
        foreach (var url in Address().Matches(text).Select(match => match.Value).Concat(attachedLinks))
        {
            if (Join().Match(url) is { Success: true } join)
            {
                if (!codes.Contains(join.Groups["id"].Value, StringComparer.Ordinal)) codes.Add(join.Groups["id"].Value);
            }
            else if (!links.Contains(url, StringComparer.Ordinal))
            {
                links.Add(url);
            }
        }

        return new Content(text, links, codes);
    }

    [GeneratedRegex("https?://[A-Za-z0-9._~:/?#@!$&'*+;=%-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("/sandbox/join/(?<id>[0-9a-zA-Z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Join();
}

using System.Text.RegularExpressions;

namespace WeComOps.Templates.Lint;

/// <summary>A place in a text where a rule about words is met.</summary>
/// <param name="Reason">Why it is allowed; null: it is a finding.</param>
/// <param name="Disguised">Written with other characters than it is read.</param>
internal sealed record Hit(TextRule Rule, int Start, int End, string Found, bool Disguised, string? Reason);

/// <summary>Reads one text by the rules about words.</summary>
internal static class TextScan
{
    public static IEnumerable<Hit> Scan(string text, TemplateSource source, LintRules rules)
    {
        var normal = NormalText.Of(Addresses.Mask(text), rules.Folding);
        var allowed = Spans(rules.Allowed, normal.Text).ToArray();
        foreach (var rule in rules.Texts.Where(rule => rule.Scope.Covers(source) && !rule.Unless.Any(unless => unless.IsMatch(normal.Text))))
        {
            var except = Spans(rule.Except, normal.Text).Concat(allowed).ToArray();
            var end = -1;
            foreach (var (from, to) in Found(rule, normal.Text).Order(Widest))
            {
                // A longer word that is found covers the shorter ones inside of it.
                if (to > end)
                {
                    end = to;
                    yield return Hit(text, normal, rule, (from, to), except.Any(span => span.Start <= from && to <= span.End));
                }
            }
        }
    }

    private static Hit Hit(string text, NormalText normal, TextRule rule, (int Start, int End) span, bool isAllowed)
    {
        var (start, end) = normal.Origin(span.Start, span.End);
        var found = text[start..end];
        var read = normal.Text[span.Start..span.End];
        return new Hit(rule, start, end, found, !string.Equals(found, read, StringComparison.OrdinalIgnoreCase), isAllowed ? "提示语、否定或常用词" : null);
    }

    private static readonly Comparer<(int Start, int End)> Widest =
        Comparer<(int Start, int End)>.Create((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));

    private static IEnumerable<(int Start, int End)> Found(TextRule rule, string text)
    {
        foreach (var word in rule.Words)
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                yield return (at, at + word.Length);
            }
        }

        foreach (var span in Spans(rule.Patterns, text))
        {
            yield return span;
        }
    }

    private static List<(int Start, int End)> Spans(IEnumerable<Regex> patterns, string text)
    {
        var spans = new List<(int Start, int End)>();
        foreach (var pattern in patterns)
        {
            foreach (var match in pattern.EnumerateMatches(text))
            {
                if (match.Length > 0)
                {
                    spans.Add((match.Index, match.Index + match.Length));
                }
            }
        }

        return spans;
    }
}

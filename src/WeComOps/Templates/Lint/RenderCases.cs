using System.Globalization;

namespace WeComOps.Templates.Lint;

/// <summary>One way to render a template for reading.</summary>
/// <param name="Ways">For each decision the branch to take; null: as the samples say.</param>
/// <param name="Untitled">For an advisor without a title: not everybody has one.</param>
internal sealed record RenderCase(IReadOnlyList<int>? Ways, string? Variant, IReadOnlyDictionary<string, string> Booleans, int Wording, bool Untitled);

/// <summary>The ways a template is rendered for reading: every variant, every value of a yes-or-no, every phrase, every branch; bounded.</summary>
internal static class RenderCases
{
    private const int MostDomains = 32;
    private const int MostWordings = 12;
    private const int MostBranches = 64;

    private static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The cases, and whether every combination of branches is among them.</summary>
    public static (IReadOnlyList<RenderCase> Cases, bool AllBranches) Of(TemplateSource source, CodeMap map)
    {
        var cases = new List<RenderCase>();
        var domains = Domains(source).Take(MostDomains).ToArray();
        var wordings = Math.Clamp(source.Wordings.Values.Select(phrases => phrases.Count).DefaultIfEmpty(1).Max(), 1, MostWordings);
        foreach (var (variant, booleans) in domains)
        {
            cases.AddRange(Enumerable.Range(0, wordings).Select(wording => new RenderCase(null, variant, booleans, wording, Untitled: false)));
        }

        cases.Add(new RenderCase(null, domains[0].Variant, domains[0].Booleans, 0, Untitled: true));
        var combinations = map.Decisions.Aggregate(1L, (product, decision) => Math.Min(product * decision.Ways, int.MaxValue));
        if (map.Decisions.Count > 0)
        {
            var ways = combinations <= MostBranches ? Combinations(map.Decisions, (int)combinations) : OneByOne(map.Decisions).Take(MostBranches * 4);
            cases.AddRange(ways.Select(way => new RenderCase(way, domains[0].Variant, domains[0].Booleans, 0, Untitled: false)));
        }

        return (cases, combinations <= MostBranches && Domains(source).Count() <= MostDomains);
    }

    /// <summary>The phrase of each wording: the same number for all of them, so that every phrase is read.</summary>
    public static IReadOnlyDictionary<string, string> Phrases(TemplateSource source, int number) =>
        source.Wordings.ToDictionary(wording => wording.Key, wording => wording.Value[number % wording.Value.Count], StringComparer.Ordinal);

    /// <summary>Where in the front matter the value of a plain name stands.</summary>
    public static Dictionary<string, string> Paths(TemplateSource source, int number)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["segment.name"] = "audience",
            ["risk_text"] = "riskText",
            ["product.name"] = "product.name",
            ["product.risk_level"] = "product.risk_level",
        };
        foreach (var (name, phrases) in source.Wordings)
        {
            paths[name] = string.Create(CultureInfo.InvariantCulture, $"wordings.{name}.{number % phrases.Count}");
        }

        foreach (var name in source.Variables.Keys)
        {
            paths[name] = "variables." + name;
        }

        foreach (var name in source.Market.Keys)
        {
            paths[$"market.{name}.value"] = $"market.{name}.value";
            paths[$"market.{name}.source"] = $"market.{name}.source";
            paths[$"market.{name}.unit"] = $"market.{name}.unit";
        }

        return paths;
    }

    private static IEnumerable<(string? Variant, IReadOnlyDictionary<string, string> Booleans)> Domains(TemplateSource source) => Domains(
        [.. source.Variables.Where(variable => variable.Value.Type == "boolean").Select(variable => variable.Key).Take(8)],
        source.Variants.Count == 0 ? [null] : [.. source.Variants.Select(variant => (string?)variant.Key)]);

    /// <summary>Every value of every yes-or-no with every variant.</summary>
    /// <param name="names">At most 8.</param>
    public static IEnumerable<(string? Variant, IReadOnlyDictionary<string, string> Booleans)> Domains(string[] names, string?[] variants)
    {
        foreach (var variant in variants)
        {
            for (var bits = 0; bits < 1 << names.Length; bits++)
            {
                var chosen = bits;
                yield return (variant, names.Length == 0
                    ? NoValues
                    : names.Select((name, bit) => (name, bit)).ToDictionary(pair => pair.name, pair => (chosen >> pair.bit & 1) == 0 ? "true" : "false", StringComparer.Ordinal));
            }
        }
    }

    public static IEnumerable<int[]> Combinations(IReadOnlyList<Decision> decisions, int most) =>
        Enumerable.Range(0, most).Select(number => Combination(decisions, number));

    private static int[] Combination(IReadOnlyList<Decision> decisions, int number)
    {
        var ways = new int[decisions.Count];
        for (var i = 0; i < ways.Length; i++)
        {
            ways[i] = number % decisions[i].Ways;
            number /= decisions[i].Ways;
        }

        return ways;
    }

    /// <summary>Every branch of every decision once, the others on their first.</summary>
    public static IEnumerable<int[]> OneByOne(IReadOnlyList<Decision> decisions)
    {
        yield return new int[decisions.Count];
        for (var i = 0; i < decisions.Count; i++)
        {
            for (var way = 1; way < decisions[i].Ways; way++)
            {
                var ways = new int[decisions.Count];
                ways[i] = way;
                yield return ways;
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using WeComOps.Templates.Language;

namespace WeComOps.Templates.Lint;

/// <summary>
/// Finds the ways a template can go and what each of them says. A yes-or-no and the variant are given their values, so that two
/// conditions about one of them agree; every other condition is made to hold or not, whatever the values are.
/// </summary>
internal sealed class BranchReader
{
    private const int MostBooleans = 5;
    private const int MostBranches = 64;

    /// <summary>No text begins with it.</summary>
    private const char Unreadable = '\0';

    private static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly TemplateSource _source;
    private readonly Func<IReadOnlyDictionary<string, string>, string?, JsonObject> _model;
    private readonly TemplateSchema _schema;
    private readonly CodeMap _map;
    private readonly Dictionary<string, CompiledTemplate?> _compiled = new(StringComparer.Ordinal);

    /// <param name="model">The values, with these in place of the chosen ones, and with this variant (null: the first).</param>
    public BranchReader(TemplateSource source, Func<IReadOnlyDictionary<string, string>, string?, JsonObject> model)
    {
        (_source, _model, _schema) = (source, model, TemplateSchemas.Of(source));
        _map = new CodeMap(source.Body, source.Variables.Where(variable => variable.Value.Type == "boolean").Select(variable => variable.Key).Append("variant").ToHashSet(StringComparer.Ordinal));
    }

    public TemplateBranches Read()
    {
        // What a loop asks about its own turn goes both ways in one text.
        var free = _map.Decisions.Select(decision => !Parts(decision).SelectMany(_map.NamesIn).Contains("for", StringComparer.Ordinal)).ToArray();
        var forced = _map.Decisions.Where((_, at) => free[at]).ToArray();
        var asked = _map.Decisions.Concat(_map.Answered).SelectMany(Parts).SelectMany(_map.NamesIn).ToHashSet(StringComparer.Ordinal);
        var names = _source.Variables.Where(variable => variable.Value.Type == "boolean" && asked.Contains(variable.Key)).Select(variable => variable.Key).ToArray();
        var variants = asked.Contains("variant") && _source.Variants.Count > 0 ? _source.Variants.Select(variant => (string?)variant.Key).ToArray() : [null];
        if (_map.Blocks.Count > Rewrite.MostBlocks || (forced.Length == 0 && names.Length == 0 && variants.Length == 1))
        {
            return TemplateBranches.None;
        }

        var values = RenderCases.Domains([.. names.Take(MostBooleans)], variants).ToArray();
        var combinations = forced.Aggregate((long)values.Length, (product, decision) => Math.Min(product * decision.Ways, int.MaxValue));
        var isAll = combinations <= MostBranches && names.Length <= MostBooleans;
        var ways = isAll ? RenderCases.Combinations(forced, (int)(combinations / values.Length)) : RenderCases.OneByOne(forced);
        var (branches, numbers) = (new List<TemplateBranch>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var (way, (variant, booleans)) in ways.SelectMany(way => values.Select(value => (Spread(way, free), value))))
        {
            if (branches.Count < MostBranches && numbers.TryAdd(Read(way, booleans, variant, out var branch), branches.Count))
            {
                branches.Add(branch);
            }
        }

        var own = Read(null, NoValues, null, out _);
        return new TemplateBranches(branches, numbers.TryGetValue(own, out var number) ? number : null, isAll);
    }

    /// <summary>What tells this way from others: which blocks were run and what they printed, or why nothing was.</summary>
    private string Read(int[]? ways, IReadOnlyDictionary<string, string> booleans, string? variant, out TemplateBranch branch)
    {
        var key = ways is null ? string.Empty : string.Join(',', ways);
        if (!_compiled.TryGetValue(key, out var template))
        {
            template = TemplateCompiler.Compile(Rewrite.Of(_source.Body, _map, ways).Text, _schema, _source.Snippets) is CompileResult.Success success ? success.Template : null;
            _compiled[key] = template;
        }

        var result = template?.Render(TemplateModel.FromJson(JsonSerializer.SerializeToElement(_model(booleans, variant), ModelJson.Default.JsonObject)));
        var marked = (result as RenderResult.Rendered)?.Text;
        branch = new TemplateBranch(Conditions(ways, booleans, variant, marked), marked is null ? null : Rewrite.WithoutMarks(marked).Trim());
        return marked ?? $"{Unreadable}{(result as RenderResult.Failed)?.Error}";
    }

    private IReadOnlyList<BranchCondition> Conditions(int[]? ways, IReadOnlyDictionary<string, string> booleans, string? variant, string? marked)
    {
        var taken = _map.Answered.Where(decision => WasAsked(decision, marked)).SelectMany(Parts).SelectMany(_map.NamesIn).ToHashSet(StringComparer.Ordinal);
        IEnumerable<(int At, BranchCondition Condition)> forced = ways is null ? [] : _map.Decisions.Zip(ways)
            .Where(pair => pair.Second >= 0 && WasAsked(pair.First, marked)).SelectMany(pair => Answers(pair.First, pair.Second));
        return
        [
            .. variant is not null && taken.Contains("variant") ? [new BranchCondition("variant", BranchAnswer.Is, variant)] : Array.Empty<BranchCondition>(),
            .. booleans.Where(boolean => taken.Contains(boolean.Key)).Select(boolean => Plain(boolean.Key, boolean.Value == "true")),
            .. forced.OrderBy(pair => pair.At).Select(pair => pair.Condition),
        ];
    }

    private IEnumerable<(int At, BranchCondition Condition)> Answers(Decision decision, int way)
    {
        if (decision.Subject is { } subject)
        {
            var value = way < decision.Tests.Count ? _map.TextOf(decision.Tests[way][0]) : null;
            yield return (subject.Start, new BranchCondition(_map.TextOf(subject), value is null ? BranchAnswer.IsOther : BranchAnswer.Is, value));
            yield break;
        }

        for (var test = 0; test < decision.Tests.Count && test <= way; test++)
        {
            yield return (decision.Tests[test][0].Start, Plain(_map.TextOf(decision.Tests[test][0]), test == way));
        }
    }

    private static BranchCondition Plain(string asked, bool holds) => new(asked, holds ? BranchAnswer.Holds : BranchAnswer.Fails, null);

    /// <param name="marked">Null: nothing was printed, so nobody knows.</param>
    private bool WasAsked(Decision decision, string? marked)
    {
        if (marked is null)
        {
            return true;
        }

        IEnumerable<(int Start, int End)> places = decision.Subject is { } subject ? [subject] : decision.Tests[0];
        return places.Any(place => _map.Blocks.FindIndex(block => block.First <= place.Start && place.End <= block.Last) is >= 0 and var number && Rewrite.WasRun(_map.Blocks[number], number, marked));
    }

    private static IEnumerable<(int Start, int End)> Parts(Decision decision) =>
        decision.Tests.SelectMany(test => test).Concat(decision.Subject is { } subject ? [subject] : []);

    /// <summary>The ways of those that are forced, at their places among all.</summary>
    private static int[] Spread(int[] ways, bool[] free)
    {
        var next = 0;
        return [.. free.Select(isFree => isFree ? ways[next++] : -1)];
    }
}

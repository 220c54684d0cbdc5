using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WeComOps.Console.Naming;
using WeComOps.Directory;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Studio;

/// <summary>What the editor looks at besides the source: whose eyes, which wording, which values.</summary>
/// <param name="Advisor">Userid; null: any.</param>
/// <param name="Wording">Number of the wording, from 0.</param>
/// <param name="Values">Of declared variables; the sample stands for what is not given.</param>
internal sealed record StudioChoices(string? Advisor, int Wording, IReadOnlyDictionary<string, string> Values)
{
    private const string Prefix = "var.";

    public static StudioChoices None { get; } = new(null, 0, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>From the fields of the form; what is not there stays as it is without them.</summary>
    public static StudioChoices From(IFormCollection form) => new(
        form["advisor"] is [.., { Length: > 0 } advisor] ? advisor : null,
        NumberOf(form, "wording") ?? 0,
        form.Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(field => field.Key[Prefix.Length..], field => field.Value[^1] ?? string.Empty, StringComparer.Ordinal))
    {
        Way = NumberOf(form, "go") ?? NumberOf(form, "way"),
    };

    /// <summary>Number of the branch to be shown, from 0; null: the one that the values take.</summary>
    public int? Way { get; init; }

    public static string FieldOf(string variable) => Prefix + variable;

    private static int? NumberOf(IFormCollection form, string field) =>
        form[field] is [.., { } text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A text as its reader would see it, or what is wrong with it.</summary>
/// <param name="Text">Null while there are faults.</param>
/// <param name="Reader">The advisor whose post it is; null when none is in the viewer's range.</param>
internal sealed record StudioPreview(
    TemplateSource? Source, IReadOnlyList<TemplateFault> Faults, string? Text, Member? Reader, string Branch, StudioChoices Choices)
{
    /// <summary>What the text quotes of the market; where there is a fault, the sample stands in its place.</summary>
    public IReadOnlyList<QuotedFigure> Quoted { get; init; } = [];

    /// <summary>In place of a tracked link, whose token is not made before the push.</summary>
    private const string LinkStandIn = "https://…/l/…";

    /// <summary>The ways through the conditions, with the chosen values.</summary>
    public TemplateBranches Branches { get; private init; } = TemplateBranches.None;

    /// <summary>Number of the branch that is shown because it was chosen; null: the values decide.</summary>
    public int? Way => Choices.Way is { } way && way < Branches.Branches.Count ? way : null;

    /// <summary>Number of the branch that is shown; null: it is not among those that are listed.</summary>
    public int? Shown => Way ?? Branches.Own;

    public int Next => Shown is { } shown ? (shown + 1) % Branches.Branches.Count : 0;

    public int Previous => Shown is { } shown and > 0 ? shown - 1 : Branches.Branches.Count - 1;

    public int WordingCount => Source?.DistinctWordings ?? 0;

    public int Wording => WordingCount == 0 ? 0 : Choices.Wording % WordingCount;

    public static StudioPreview Build(
        ITemplateEngine engine, string text, StudioChoices choices, IReadOnlyList<Member> advisors, Names names, DateTimeOffset now, MarketFacts figures)
    {
        var reader = advisors.FirstOrDefault(member => member.UserId == choices.Advisor) ?? advisors.FirstOrDefault();
        var branch = reader is null ? string.Empty : names.Branch(reader.BranchId);
        var (source, fault) = TemplateSource.Parse(text);
        if (source is null)
        {
            return new StudioPreview(null, [fault!], null, reader, branch, choices);
        }

        var (program, faults) = engine.Compile(source);
        if (program is null)
        {
            return new StudioPreview(source, faults, null, reader, branch, choices);
        }

        var quoted = figures.QuotedBy(source, now, now);
        var usable = quoted.Where(figure => figure.Fault is null).ToDictionary(figure => figure.Name, figure => figure.Fact!, StringComparer.Ordinal);
        var wording = source.WordingOf(source.DistinctWordings == 0 ? 0 : choices.Wording % source.DistinctWordings);
        (string, string, string)? advisor = reader is null ? null : (reader.Name, reader.Title ?? string.Empty, branch);
        JsonObject Model(IReadOnlyDictionary<string, string> values, string? variant) =>
            TemplateModels.Build(source, Over(choices.Values, values), wording, advisor, LinkStandIn, ShanghaiTime.DayOf(now), usable, variant);
        var preview = new StudioPreview(source, faults, null, reader, branch, choices) { Branches = TemplateBranches.Of(source, Model), Quoted = quoted };
        if (preview.Way is { } way)
        {
            return preview with { Text = preview.Branches.Branches[way].Text };
        }

        var (rendered, failed) = program.Render(Model(StudioChoices.None.Values, variant: null));
        return preview with { Text = rendered?.Trim(), Faults = failed is null ? faults : [.. faults, failed] };
    }

    private static Dictionary<string, string> Over(IReadOnlyDictionary<string, string> values, IReadOnlyDictionary<string, string> others)
    {
        var merged = new Dictionary<string, string>(values, StringComparer.Ordinal);
        foreach (var (name, value) in others)
        {
            merged[name] = value;
        }

        return merged;
    }

    public string ValueOf(string variable) =>
        Choices.Values.TryGetValue(variable, out var given) ? given : Source?.Variables[variable].Sample ?? string.Empty;
}

using System.Globalization;
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
        form["advisor"] is [{ Length: > 0 } advisor] ? advisor : null,
        int.TryParse(form["wording"], NumberStyles.None, CultureInfo.InvariantCulture, out var wording) ? wording : 0,
        form.Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(field => field.Key[Prefix.Length..], field => field.Value.ToString(), StringComparer.Ordinal));

    public static string FieldOf(string variable) => Prefix + variable;
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
        var model = TemplateModels.Build(
            source, choices.Values, source.WordingOf(source.DistinctWordings == 0 ? 0 : choices.Wording % source.DistinctWordings),
            reader is null ? null : (reader.Name, reader.Title ?? string.Empty, branch), LinkStandIn, ShanghaiTime.DayOf(now), usable);
        var (rendered, failed) = program.Render(model);
        return new StudioPreview(source, failed is null ? faults : [.. faults, failed], rendered?.Trim(), reader, branch, choices) { Quoted = quoted };
    }

    public string ValueOf(string variable) =>
        Choices.Values.TryGetValue(variable, out var given) ? given : Source?.Variables[variable].Sample ?? string.Empty;
}

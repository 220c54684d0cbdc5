using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Cards;
using WeComOps.Console.Findings;
using WeComOps.Console.Language;
using WeComOps.Console.Naming;
using WeComOps.Console.Security;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>The scorecard's home: where each branch stands, three things for this week, and the two tables behind it.</summary>
[Authorize(Policy = ConsolePolicy.ReadScorecards)]
internal sealed class IndexModel(ConsoleContext context) : ConsolePage(context)
{
    private const int TrailWeeks = 4;
    private static readonly string[] MidGroups = ["editor", "team", "template", "line", "branch", "topic"];

    private static readonly JsonSerializerOptions ChartJson = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>branch or line: what a dot and a row of the front table stand for.</summary>
    [BindProperty(SupportsGet = true, Name = "by")]
    public string? By { get; set; }

    [BindProperty(SupportsGet = true, Name = "mid")]
    public string? Mid { get; set; }

    public WeekCard Card { get; private set; } = null!;

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public IReadOnlyList<Dot> Dots { get; private set; } = [];

    public bool ByLine => By == "line" && Viewer.Branch is null;

    public string MidGroup => Viewer.Branch is not null || Branch is not null ? "branch" : MidGroups.Contains(Mid) ? Mid! : "template";

    public IReadOnlyList<SubjectScore> FrontRows { get; private set; } = [];

    public IReadOnlyList<SubjectScore> MidRows { get; private set; } = [];

    public string ChartData => JsonSerializer.Serialize(
        new Chart(
            [.. Dots.Where(dot => dot is { Action: not null, Outcome: not null })], Quadrant.ActionDivide, Quadrant.OutcomeDivide, T["动作分"], T["成效分"],
            [T[Quadrant.Name(Corner.Instruction)], T[Quadrant.Name(Corner.Execution)], T[Quadrant.Name(Corner.StartWithInstruction)], T[Quadrant.Name(Corner.Copy)]],
            T["客户经理"]),
        ChartJson);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Card = (await Context.Shelf.GetAsync(Week, cancellationToken)).Narrow(Viewer, Names);
        Findings = WeekFindings.Of(Card, Names, T);
        var trail = (await Context.Shelf.TrailAsync(Week, TrailWeeks, cancellationToken)).Select(card => card.Narrow(Viewer, Names)).ToArray();
        var prefix = ByLine ? "line:" : "branch:";
        Dots = [.. Card.FrontOf(prefix).Select(score => score.Subject).Union(Card.MidOf(prefix).Select(score => score.Subject), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select(subject => DotOf(subject, trail))];
        FrontRows = Branch is { } branch
            ? [.. new[] { Card.Front(Subject.Branch(branch)) }.OfType<SubjectScore>(), .. Card.FrontOf("advisor:").Where(score => Names.BranchOf(Names.Split(score.Subject).Id) == branch).OrderBy(score => score.Score ?? 101)]
            : [.. new[] { Card.Front(Subject.Bank) }.OfType<SubjectScore>(), .. Card.FrontOf(prefix).OrderByDescending(score => score.Score ?? -1)];
        MidRows = Branch is { } own
            ? [.. new[] { Card.Mid(Subject.Branch(own)) }.OfType<SubjectScore>()]
            : [.. Card.MidOf(MidGroup + ":").Concat(MidGroup == "topic" ? Card.MidOf("desk:") : []).OrderByDescending(score => score.Score ?? -1).ThenBy(score => score.Subject, StringComparer.Ordinal)];
    }

    private Dot DotOf(string subject, WeekCard[] trail)
    {
        var (kind, id) = Names.Split(subject);
        var (action, outcome) = (Card.Front(subject)?.Score, Card.Mid(subject)?.Score);
        var advisors = kind == "branch"
            ? Names.Members.Count(member => member is { Active: true, HasCustomers: true } && member.BranchId == id)
            : (int)(Card.Mid(subject)?.Lines.FirstOrDefault(line => line.Metric == Metric.OnlineSales)?.Denominator ?? 0);
        return new Dot(
            subject, Names.Subject(T, subject), Round(action), Round(outcome), advisors,
            [.. trail.Select(card => (Front: card.Front(subject)?.Score, Mid: card.Mid(subject)?.Score))
                .Where(point => point is { Front: not null, Mid: not null }).Select(point => new[] { Round(point.Front)!.Value, Round(point.Mid)!.Value })],
            action is { } a && outcome is { } o ? T[Quadrant.Name(Quadrant.Of(a, o))] : T["数据不足"],
            kind == "branch" ? Urls.With("/", ("week", Week.ToString()), ("branch", id)) : Urls.Explain(Week, Labels.OutcomeScore, subject));
    }

    private static decimal? Round(decimal? score) => score is { } value ? Math.Round(value, 1, MidpointRounding.ToEven) : null;

    /// <summary>A branch or product line in the quadrant.</summary>
    public sealed record Dot(string Subject, string Name, decimal? Action, decimal? Outcome, int Advisors, IReadOnlyList<decimal[]> Trail, string Corner, string Href);

    private sealed record Chart(IReadOnlyList<Dot> Dots, decimal ActionDivide, decimal OutcomeDivide, string X, string Y, IReadOnlyList<string> Corners, string Size);
}

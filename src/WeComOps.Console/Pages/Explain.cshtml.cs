using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Cards;
using WeComOps.Console.Explaining;
using WeComOps.Console.Language;
using WeComOps.Console.Security;
using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>
/// Where a number comes from: the formula with its figures, then the facts that were counted. The same page serves as the
/// drawer of whatever page is open, and for itself.
/// </summary>
[Authorize(Policy = ConsolePolicy.ReadScorecards)]
internal sealed class ExplainModel(ConsoleContext context, CloseWeek counting, ILedger ledger, ScorecardRules rules) : ConsolePage(context)
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "metric")]
    public string AskedMetric { get; set; } = string.Empty;

    [BindProperty(SupportsGet = true, Name = "subject")]
    public string AskedSubject { get; set; } = string.Empty;

    // "page" is a route value of Razor Pages itself, so the query is read directly.
    public int Number { get; private set; } = 1;

    public WeekCard Card { get; private set; } = null!;

    public SubjectScore? Score { get; private set; }

    public Line? Line { get; private set; }

    public Formula? Formula { get; private set; }

    public IReadOnlyList<ScorePart> Parts { get; private set; } = [];

    public bool IsTotal => AskedMetric is Labels.ActionScore or Labels.OutcomeScore;

    public IReadOnlyList<(Contribution Part, Fact Fact)> Facts { get; private set; } = [];

    public int FactCount { get; private set; }

    /// <summary>Facts that were counted but belong to another branch than the viewer's.</summary>
    public int Hidden { get; private set; }

    /// <summary>The sums of the facts as the ledger has them now.</summary>
    public (decimal Numerator, decimal Denominator) Now { get; private set; }

    public bool DiffersFromCard => Line is not null && (Now.Numerator != Line.Numerator || Now.Denominator != Line.Denominator);

    public bool OtherRules => Card.Card.RulesDigest != rules.ComputeDigest();

    public int Pages => Math.Max(1, (FactCount + PageSize - 1) / PageSize);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!Viewer.Sees(AskedSubject, Names))
        {
            return Forbid();
        }

        Card = await Context.Shelf.GetAsync(Week, cancellationToken);
        if (IsTotal)
        {
            Score = AskedMetric == Labels.ActionScore ? Card.Front(AskedSubject) : Card.Mid(AskedSubject);
            Parts = Score is null ? [] : ScorePart.Of(Score, rules);
            return Score is null ? NotFound() : Page();
        }

        Line = Card.Find(AskedMetric, AskedSubject);
        if (Line is null)
        {
            return NotFound();
        }

        Formula = Formula.Of(Line, rules, T);
        await ReadFactsAsync(cancellationToken);
        return Page();
    }

    private async Task ReadFactsAsync(CancellationToken cancellationToken)
    {
        // What happened comes before what it is divided by; within each the order of the ledger.
        var parts = (await counting.ExplainAsync(Week, AskedMetric, AskedSubject, cancellationToken)).OrderBy(part => part.Side == "numerator" ? 0 : 1).ToArray();
        Now = (SumOf(parts, "numerator"), SumOf(parts, "denominator"));
        FactCount = parts.Length;
        Number = Math.Clamp(int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, Pages);
        var shown = parts.Skip((Number - 1) * PageSize).Take(PageSize).ToArray();
        var facts = (await ledger.FindAsync([.. shown.Select(part => part.Fact).Distinct()], cancellationToken)).ToDictionary(fact => fact.Ref);
        var known = shown.Where(part => facts.ContainsKey(part.Fact)).Select(part => (Part: part, Fact: facts[part.Fact])).ToArray();
        Facts = [.. known.Where(pair => Viewer.Sees(pair.Fact.Branch))];
        Hidden = known.Length - Facts.Count;
    }

    private static decimal SumOf(IEnumerable<Contribution> parts, string side) => parts.Where(part => part.Side == side).Sum(part => part.Amount);
}

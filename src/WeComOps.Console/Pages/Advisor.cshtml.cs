using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Cards;
using WeComOps.Console.Explaining;
using WeComOps.Console.Security;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>One advisor's week and the weeks before: why this score.</summary>
[Authorize(Policy = ConsolePolicy.ReadScorecards)]
internal sealed class AdvisorModel(ConsoleContext context, ScorecardRules rules) : ConsolePage(context)
{
    private const int WeeksBack = 8;

    public string UserId { get; private set; } = string.Empty;

    public WeekCard Card { get; private set; } = null!;

    public SubjectScore? Score { get; private set; }

    public IReadOnlyList<ScorePart> Parts { get; private set; } = [];

    public IReadOnlyList<WeekCard> Before { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        UserId = id;
        if (!Viewer.Sees(Subject.Advisor(id), Names))
        {
            return Forbid();
        }

        Card = await Context.Shelf.GetAsync(Week, cancellationToken);
        Score = Card.Front(Subject.Advisor(id));
        if (Score is null && Names.BranchOf(id) is null)
        {
            return NotFound();
        }

        Parts = Score is null ? [] : ScorePart.Of(Score, rules);
        Before = await Context.Shelf.TrailAsync(Week, WeeksBack, cancellationToken);
        return Page();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Explaining;
using WeComOps.Console.Security;
using WeComOps.Healing;
using WeComOps.Ledger;

namespace WeComOps.Console.Pages;

/// <summary>A day on which WeCom counts other than the ledger, and the statistic as it was received.</summary>
[Authorize(Policy = ConsolePolicy.ReadChecks)]
internal sealed class GapPageModel(ConsoleContext context, IHealingStore healing, ILedger ledger) : ConsolePage(context)
{
    public CountGap Gap { get; private set; } = null!;

    public RawSource? Source { get; private set; }

    public string? Body { get; private set; }

    public async Task<IActionResult> OnGetAsync(string day, string advisor, string thing, CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || (await healing.GapsAsync(date, date, cancellationToken)).FirstOrDefault(gap => gap.Advisor == advisor && gap.Thing.ToString() == thing) is not { } gap)
        {
            return NotFound();
        }

        if (!Viewer.Sees(gap.Branch))
        {
            return Forbid();
        }

        Gap = gap;
        // The statistic is of this advisor alone, so whoever sees the advisor may see it.
        Source = await ledger.FindSourceAsync(gap.Source, cancellationToken);
        Body = Source is null ? null : Pretty.Print(Source.Body);
        return Page();
    }
}

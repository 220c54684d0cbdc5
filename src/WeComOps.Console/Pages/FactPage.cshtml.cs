using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Access;
using WeComOps.Console.Explaining;
using WeComOps.Console.Security;
using WeComOps.Ledger;

namespace WeComOps.Console.Pages;

/// <summary>One fact and the raw source it was counted from, as it was received.</summary>
[Authorize(Policy = ConsolePolicy.ReadScorecards)]
internal sealed class FactPageModel(ConsoleContext context, ILedger ledger) : ConsolePage(context)
{
    private static readonly FactKind[] CustomersWords = [FactKind.QuestionAsked, FactKind.QuestionAnswered, FactKind.AnswerUsed];

    public Fact Fact { get; private set; } = null!;

    public RawSource? Source { get; private set; }

    public string? Body { get; private set; }

    /// <summary>A customer's words are not for administrators: they configure, they do not read questions.</summary>
    public bool IsWithheld { get; private set; }

    public async Task<IActionResult> OnGetAsync(string day, string id, CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || await ledger.FindAsync(new FactRef(date, id), cancellationToken) is not { } fact)
        {
            return NotFound();
        }

        if (!Viewer.Sees(fact.Branch))
        {
            return Forbid();
        }

        Fact = fact;
        Source = await ledger.FindSourceAsync(fact.Source, cancellationToken);
        IsWithheld = Source is not null && !Viewer.Is(Role.Editor) && !Viewer.Is(Role.Manager) && CustomersWords.Contains(fact.Kind);
        // A pull holds the answers of many advisors, perhaps of other branches: a person of one branch sees that it exists.
        IsWithheld |= Viewer.Branch is not null && Source?.Kind is ("pull" or "import");
        Body = Source is null || IsWithheld ? null : Pretty.Print(Source.Body);
        return Page();
    }
}

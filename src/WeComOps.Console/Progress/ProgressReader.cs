using WeComOps.Console.Cards;
using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Console.Progress;

/// <summary>Counts the progress of the instructions of some days in one pass over the ledger.</summary>
internal sealed class ProgressReader(ILedger ledger, ScorecardRules rules)
{
    private readonly Brief<(DateOnly From, DateOnly To, string? Branch), IReadOnlyDictionary<string, InstructionProgress>> _kept = new(TimeSpan.FromSeconds(20), most: 16);

    /// <param name="branch">Facts of this branch only; null: of the whole bank.</param>
    public Task<IReadOnlyDictionary<string, InstructionProgress>> ReadAsync(DateOnly from, DateOnly to, string? branch, CancellationToken cancellationToken) =>
        _kept.GetAsync((from, to, branch), token => CountAsync(from, to, branch, token), cancellationToken);

    public void Forget() => _kept.Forget();

    private async Task<IReadOnlyDictionary<string, InstructionProgress>> CountAsync(DateOnly from, DateOnly to, string? branch, CancellationToken cancellationToken)
    {
        var counter = new ProgressCounter(rules.InvestmentTopics.ToHashSet(StringComparer.Ordinal), rules.ValuableTiers.ToHashSet(StringComparer.Ordinal));
        await foreach (var fact in ledger.ReadAsync(from, to, cancellationToken))
        {
            if (branch is null || fact.Branch == branch)
            {
                counter.Add(fact);
            }
        }

        return counter.Finish();
    }
}

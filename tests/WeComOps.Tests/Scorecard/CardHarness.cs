using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Tests.Scorecard;

/// <summary>Builds a card from facts in memory, in the order a store would give them.</summary>
internal static class CardHarness
{
    public static async Task<Card> BuildAsync(IEnumerable<Fact> facts, ScorecardRules? rules = null) =>
        await new ScorecardBuilder(rules ?? new ScorecardRules()).BuildAsync(Facts.Week, WeekState.Final, Source(facts), CancellationToken.None);

    public static ScorecardBuilder.FactSource Source(IEnumerable<Fact> facts)
    {
        var ordered = facts.OrderBy(fact => fact.Day).ThenBy(fact => fact.Id, StringComparer.Ordinal).ToArray();
        return (from, to, _) => ReadAsync(ordered.Where(fact => (fact.Day >= from && fact.Day <= to) || (fact.Corrects is { } corrected && corrected.Day >= from && corrected.Day <= to)));
    }

    public static Line? Line(this IReadOnlyList<SubjectScore> scores, string subject, string metric) =>
        scores.FirstOrDefault(score => score.Subject == subject)?.Lines.FirstOrDefault(line => line.Metric == metric);

    public static decimal? Score(this IReadOnlyList<SubjectScore> scores, string subject) => scores.FirstOrDefault(score => score.Subject == subject)?.Score;

    private static async IAsyncEnumerable<Fact> ReadAsync(IEnumerable<Fact> facts)
    {
        foreach (var fact in facts)
        {
            await Task.CompletedTask;
            yield return fact;
        }
    }
}

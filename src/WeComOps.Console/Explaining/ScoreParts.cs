using WeComOps.Scorecard;

namespace WeComOps.Console.Explaining;

/// <summary>How a total is made up: each metric's share.</summary>
/// <param name="Share">Points × weight ÷ sum of weights; negative for what harm takes; null where it does not count.</param>
internal sealed record ScorePart(Line Line, decimal? Share)
{
    public static IReadOnlyList<ScorePart> Of(SubjectScore score, ScorecardRules rules)
    {
        var weights = score.Lines.Where(Counts).Sum(line => line.Weight);
        return [.. score.Lines.Select(line => new ScorePart(line, ShareOf(line, weights, rules)))];
    }

    private static bool Counts(Line line) => line is { Points: not null, Weight: > 0 } && line.Metric != Metric.Harm && !Metric.Context.Contains(line.Metric);

    private static decimal? ShareOf(Line line, decimal weights, ScorecardRules rules) => line switch
    {
        { Metric: Metric.Harm, Points: { } harm } when weights > 0 => -rules.HarmPenalty * (1 - (harm / 100)),
        _ when Counts(line) => line.Points * line.Weight / weights,
        _ => null,
    };
}

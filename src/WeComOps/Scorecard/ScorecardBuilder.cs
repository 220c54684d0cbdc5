using System.Security.Cryptography;
using System.Text;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>
/// Builds the card of a week in two passes over the facts of its window: the same facts and rules give the same card, byte
/// for byte, on any engine and machine.
/// </summary>
public sealed class ScorecardBuilder(ScorecardRules rules)
{
    /// <summary>Facts of the window in the order (day, id); called twice.</summary>
    public delegate IAsyncEnumerable<Fact> FactSource(DateOnly from, DateOnly to, CancellationToken cancellationToken);

    public async Task<Card> BuildAsync(ScoreWeek week, WeekState state, FactSource facts, CancellationToken cancellationToken)
    {
        var (index, tally, watermark) = await CountAsync(week, facts, explain: null, cancellationToken);
        return new Card(
            week, state, rules.Version, rules.ComputeDigest(), watermark, index.Readiness,
            [.. tally.SubjectsOf(Metric.Actions).Select(subject => Front(subject, tally))],
            [.. tally.SubjectsOf(Metric.Outcomes).Select(subject => Mid(subject, tally))]);
    }

    /// <summary>The facts that a number is made of, in ledger order.</summary>
    public async Task<IReadOnlyList<Contribution>> ExplainAsync(
        ScoreWeek week, string metric, string subject, FactSource facts, CancellationToken cancellationToken)
    {
        var (_, tally, _) = await CountAsync(week, facts, (metric, subject), cancellationToken);
        return tally.Contributions;
    }

    private async Task<(WeekIndex Index, Tally Tally, string Watermark)> CountAsync(
        ScoreWeek week, FactSource facts, (string Metric, string Subject)? explain, CancellationToken cancellationToken)
    {
        var window = new FactWindow(week);
        var index = new WeekIndex(week);
        await foreach (var fact in facts(window.From, window.To, cancellationToken))
        {
            index.Add(fact);
        }

        var tally = new Tally(explain);
        using var watermark = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var fact in facts(window.From, window.To, cancellationToken))
        {
            watermark.AppendData(Encoding.UTF8.GetBytes(fact.Ref.ToString()));
            watermark.AppendData("\n"u8);
            ActionCounting.Count(fact, week, index, tally);
            OutcomeCounting.Count(fact, week, index, rules, tally);
        }

        return (index, tally, Convert.ToHexStringLower(watermark.GetHashAndReset()));
    }

    private SubjectScore Front(string subject, Tally tally)
    {
        var lines = new List<Line>();
        decimal weighted = 0, weights = 0;
        foreach (var action in Metric.Actions)
        {
            if (tally.Find(action, subject) is not { } sums)
            {
                continue;
            }

            var weight = rules.ActionWeights.GetValueOrDefault(action);
            decimal? value = sums.Denominator == 0 ? null : sums.Numerator / sums.Denominator;
            lines.Add(new Line(
                action, sums.Numerator, sums.Denominator, value, value * 100, weight,
                action == ActionKind.FriendRequests || sums.Denominator == 0 ? null : Decimals.Wilson((long)sums.Numerator, (long)sums.Denominator),
                (long)sums.Denominator, [.. sums.Missing]));
            if (value is { } completion)
            {
                weighted += weight * completion;
                weights += weight;
            }
        }

        return new SubjectScore(subject, weights == 0 ? null : 100 * weighted / weights, lines);
    }

    private SubjectScore Mid(string subject, Tally tally)
    {
        var lines = new List<Line>();
        decimal weighted = 0, weights = 0;
        decimal? harm = null;
        foreach (var metric in Metric.Outcomes.Concat(Metric.Context))
        {
            // Without a denominator the metric does not apply: nothing of that kind was asked of anybody this week.
            if (tally.Find(metric, subject) is not { Denominator: > 0 } sums)
            {
                continue;
            }

            var line = OutcomeLine(metric, sums);
            lines.Add(line);
            if (line.Points is { } points)
            {
                if (metric == Metric.Harm)
                {
                    harm = points;
                }
                else
                {
                    weighted += line.Weight * points;
                    weights += line.Weight;
                }
            }
        }

        decimal? score = weights == 0 ? null : weighted / weights;
        if (score is { } positive && harm is { } harmPoints)
        {
            score = Math.Max(0, positive - (rules.HarmPenalty * (1 - (harmPoints / 100))));
        }

        return new SubjectScore(subject, score, lines);
    }

    private Line OutcomeLine(string metric, Tally.Sums sums)
    {
        var isRate = metric is Metric.AcceptanceRate or Metric.QuestionsHelped;
        var ratio = sums.Numerator / sums.Denominator;
        var value = metric switch
        {
            Metric.AcceptanceRate => Math.Min(1, ratio),
            Metric.QuestionsHelped => ratio,
            Metric.Harm => Math.Max(0, (ratio * 1000) - rules.HarmBaseline),
            _ => ratio * 100,
        };
        var evidence = (long)sums.Denominator;
        decimal? points = null;
        decimal weight = 0;
        if (rules.Outcomes.TryGetValue(metric, out var rule))
        {
            weight = rule.Weight;
            points = evidence >= rule.MinimumEvidence ? rule.PointsOf(value) : null;
        }

        // More friends than requests cannot come from the requests alone: shown, not scored above the whole.
        string[] flags = metric == Metric.AcceptanceRate && ratio > 1 ? ["more friends than requests"] : [];
        return new Line(
            metric, sums.Numerator, sums.Denominator, value, points, weight,
            isRate ? Decimals.Wilson((long)Math.Min(sums.Numerator, sums.Denominator), evidence) : null, evidence, [.. sums.Missing, .. flags]);
    }
}

using System.Text.Json;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>
/// Takes weeks through provisional and final. A final card is never replaced: a late fact that changes a number brings a
/// restated revision beside it.
/// </summary>
public sealed class CloseWeek(ILedger ledger, IScorecardStore scorecards, IChangeStore changes, ScorecardRules rules, TimeProvider clock)
{
    private const int WeeksWatched = 8;

    private readonly ScorecardBuilder _builder = new(rules);

    /// <summary>The provisional card of last week; Monday 09:00.</summary>
    public async Task PublishProvisionalAsync(CancellationToken cancellationToken)
    {
        var week = ScoreWeek.Of(clock.GetNow()).Previous;
        if (await scorecards.LatestAsync(week, cancellationToken) is not { State: WeekState.Final or WeekState.Restated })
        {
            await StoreAsync(week, WeekState.Provisional, cancellationToken);
        }
    }

    /// <summary>
    /// Freezes the weeks whose closing time (Wednesday 12:00 of the week after) has passed, also those that an outage left
    /// open. A week with gaps is not closed by the clock: it stays provisional until a named person closes it. Null when all
    /// are closed; else why not.
    /// </summary>
    public async Task<string?> FinalizeAsync(string? closedBy, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var open = new List<string>();
        var week = ScoreWeek.Of(now).Previous;
        for (var i = 0; i < WeeksWatched; i++, week = week.Previous)
        {
            var latest = await scorecards.LatestAsync(week, cancellationToken);
            // A week without any card lies before the product's time, except the last one, whose provisional card was missed.
            if (now < ClosingTimeOf(week) || latest is { State: WeekState.Final or WeekState.Restated } || (latest is null && i > 0))
            {
                continue;
            }

            var card = await BuildAsync(week, WeekState.Final, cancellationToken);
            var gaps = card.Readiness.Sum(day => day.Expected - day.Arrived);
            if (gaps > 0 && closedBy is null)
            {
                await StoreAsync(card with { State = WeekState.Provisional }, closedBy: null, cancellationToken);
                open.Add($"{week} has {gaps} advisor days without statistics. It stays provisional until a person closes it.");
                continue;
            }

            await StoreAsync(card, closedBy, cancellationToken);
        }

        return open.Count == 0 ? null : string.Join(' ', open);
    }

    private static DateTimeOffset ClosingTimeOf(ScoreWeek week) => ShanghaiTime.At(week.Next.Monday.AddDays(2), new TimeOnly(12, 0));

    /// <summary>Looks at the final weeks again; the number that late facts restated.</summary>
    public async Task<int> RestateAsync(CancellationToken cancellationToken)
    {
        var restated = 0;
        var week = ScoreWeek.Of(clock.GetNow()).Previous;
        for (var i = 0; i < WeeksWatched; i++, week = week.Previous)
        {
            if (await scorecards.LatestAsync(week, cancellationToken) is not { State: WeekState.Final or WeekState.Restated } frozen)
            {
                continue;
            }

            // A final week is frozen with its rules: what other rules would make of it is no restatement.
            if (Read(frozen.Json, "rules", "digest") != rules.ComputeDigest())
            {
                continue;
            }

            var card = await BuildAsync(week, frozen.State, cancellationToken);
            // Facts that change no number (a click of next week) move the watermark only: that is no restatement.
            var (_, digest) = CardJson.Write(card with { Watermark = Read(frozen.Json, "watermark") });
            if (digest != frozen.Digest)
            {
                await StoreAsync(card with { State = WeekState.Restated }, closedBy: null, cancellationToken);
                restated++;
            }
        }

        return restated;
    }

    /// <summary>The card as of now, not stored.</summary>
    public Task<Card> PreviewAsync(ScoreWeek week, CancellationToken cancellationToken) => BuildAsync(week, WeekState.Open, cancellationToken);

    public Task<IReadOnlyList<Contribution>> ExplainAsync(ScoreWeek week, string metric, string subject, CancellationToken cancellationToken) =>
        _builder.ExplainAsync(week, metric, subject, ledger.ReadAsync, cancellationToken);

    private Task<Card> BuildAsync(ScoreWeek week, WeekState state, CancellationToken cancellationToken) =>
        _builder.BuildAsync(week, state, ledger.ReadAsync, cancellationToken);

    private async Task StoreAsync(ScoreWeek week, WeekState state, CancellationToken cancellationToken) =>
        await StoreAsync(await BuildAsync(week, state, cancellationToken), closedBy: null, cancellationToken);

    private async Task StoreAsync(Card card, string? closedBy, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var (json, digest) = CardJson.Write(card);
        var latest = await scorecards.LatestAsync(card.Week, cancellationToken);
        // A final card is never followed by a provisional one, however late a job comes.
        if (latest?.Digest == digest || (latest is { State: WeekState.Final or WeekState.Restated } && card.State is WeekState.Provisional or WeekState.Open))
        {
            return;
        }

        var stored = new Changes();
        stored.Scorecards.Add(new StoredScorecard(card.Week, (latest?.Revision ?? 0) + 1, card.State, json, digest, now));
        stored.Audit.Add(new AuditEntry(now, closedBy ?? "scheduler", "scorecard-" + card.State.ToString().ToLowerInvariant(), card.Week.ToString(), digest));
        await changes.CommitAsync(stored, cancellationToken);
    }

    private static string Read(string json, params ReadOnlySpan<string> path)
    {
        using var document = JsonDocument.Parse(json);
        var element = document.RootElement;
        foreach (var name in path)
        {
            element = element.GetProperty(name);
        }

        return element.GetString()!;
    }
}

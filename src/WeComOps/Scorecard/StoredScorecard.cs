using WeComOps.Primitives;

namespace WeComOps.Scorecard;

public enum WeekState
{
    Open,
    Provisional,
    Final,

    /// <summary>A late fact changed a final week: the new card stands beside the frozen one.</summary>
    Restated,
}

/// <param name="Revision">From 1; the highest is in force. A final revision is never changed.</param>
/// <param name="Json">The canonical scorecard.</param>
/// <param name="Digest">SHA-256 of <paramref name="Json"/> without its digest.</param>
public sealed record StoredScorecard(ScoreWeek Week, int Revision, WeekState State, string Json, string Digest, DateTimeOffset ComputedAt);

public interface IScorecardStore
{
    Task<StoredScorecard?> LatestAsync(ScoreWeek week, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredScorecard>> HistoryAsync(ScoreWeek week, CancellationToken cancellationToken);

    Task<IReadOnlyList<ScoreWeek>> WeeksAsync(CancellationToken cancellationToken);
}

using WeComOps.Ledger;

namespace WeComOps.Healing;

/// <summary>What a comparison found; stored as its snake_case text.</summary>
public enum FindingKind
{
    /// <summary>A friend whose callback was missed.</summary>
    Added,

    /// <summary>A friendship that ended; when and by whom is not known.</summary>
    Ended,

    /// <summary>A group whose creation was missed.</summary>
    GroupFound,

    /// <summary>A group that no longer exists.</summary>
    GroupGone,

    /// <summary>A member who joined a group unseen.</summary>
    Joined,

    /// <summary>A member who left a group; when is not known.</summary>
    Left,

    /// <summary>A publication or post that no poll had seen.</summary>
    Published,

    /// <summary>So much was missing from a list that the list, not the customers, is doubted: nothing was concluded.</summary>
    Doubtful,

    /// <summary>WeCom refused to show the list.</summary>
    Unreadable,
}

/// <summary>One thing that a run found, and the fact it became.</summary>
/// <param name="Run">Id of the run.</param>
/// <param name="Subject">What it is about, so that finding it twice is one finding.</param>
/// <param name="Fact">Null where the finding is state only.</param>
/// <param name="Note">A number or an error code; no names.</param>
public sealed record HealFinding(
    string Run, FindingKind Kind, string Subject, string? Advisor, string? Customer, string? Group, FactRef? Fact, string? Note, DateTimeOffset At);

/// <summary>Somebody or something asked for a run.</summary>
/// <param name="At">Not before this time.</param>
public sealed record HealRequest(DateTimeOffset At, HealReason Reason, string By);

/// <summary>What a daily count of WeCom's is compared with.</summary>
public enum CountedThing
{
    /// <summary>新增客户数 against the named additions.</summary>
    Added,

    /// <summary>删除或拉黑成员的客户数 against the named deletions: a block has no name anywhere, and a deletion whose callback was missed stays in the list.</summary>
    Lost,
}

/// <summary>
/// A day of an advisor on which WeCom counts other than the ledger. It names nobody: what no callback brought and no list shows
/// has no customer and no time (时间不详).
/// </summary>
/// <param name="Said">WeCom's count of the day.</param>
/// <param name="Known">Named facts of the day.</param>
/// <param name="Source">The statistic as received.</param>
/// <param name="CheckedAt">Once both are equal again the row stays, as settled.</param>
public sealed record CountGap(DateOnly Day, string Advisor, string? Branch, CountedThing Thing, int Said, int Known, string Source, DateTimeOffset CheckedAt)
{
    /// <summary>Customers that WeCom counted and nobody can name; negative: more are known than WeCom counted.</summary>
    public int Unnamed => Said - Known;
}

/// <summary>Named facts of one advisor and day.</summary>
public sealed record NamedCounts(string Advisor, DateOnly Day, int Added, int Lost);

public interface IHealingStore
{
    /// <summary>The newest run; null before the first look.</summary>
    Task<HealRun?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>The newest runs, newest first.</summary>
    Task<IReadOnlyList<HealRun>> RunsAsync(int limit, CancellationToken cancellationToken);

    Task<HealRun?> FindAsync(string run, CancellationToken cancellationToken);

    /// <summary>When the first look that ran to its end began; null: there was none yet.</summary>
    Task<DateTimeOffset?> BaselineAsync(CancellationToken cancellationToken);

    /// <summary>Requests for a time after the instant, oldest first.</summary>
    Task<IReadOnlyList<HealRequest>> RequestsAsync(DateTimeOffset after, CancellationToken cancellationToken);

    Task<IReadOnlyList<HealFinding>> FindingsAsync(string run, int limit, CancellationToken cancellationToken);

    /// <summary>Days of the closed range on which the counts differ or once differed, newest first.</summary>
    Task<IReadOnlyList<CountGap>> GapsAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Named additions and deletions per advisor and day of the closed range; days without any are absent.</summary>
    Task<IReadOnlyList<NamedCounts>> NamedAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>
    /// Endings and leavings of the customer that were recorded without a time and not taken back since, oldest first.
    /// </summary>
    Task<IReadOnlyList<Fact>> TimeUnknownAsync(string customer, CancellationToken cancellationToken);
}

namespace WeComOps.Healing;

/// <summary>Why the lists are compared with what is known.</summary>
public enum HealReason
{
    /// <summary>The product's first look at the tenant: it records state, no facts, since what came before is not scored.</summary>
    FirstLook,

    Nightly,

    /// <summary>Callbacks may have been missed: the service or its store was away.</summary>
    Outage,

    /// <summary>A person asked for it.</summary>
    Asked,
}

/// <summary>What a run does with its present advisors before it goes on to the next ones.</summary>
public enum HealStage
{
    /// <summary>Customers and when they were added, page by page.</summary>
    Customers,

    /// <summary>Friendships that no list shows any more, advisor by advisor.</summary>
    Endings,

    /// <summary>Groups and their members, some groups at a time.</summary>
    Groups,

    /// <summary>After the last advisor: pushes of the last days, once more.</summary>
    Results,

    Done,
}

/// <summary>
/// One comparison of WeCom's lists with what is known, stored after every page together with what the page brought: a run that
/// is cut off goes on at its page.
/// </summary>
/// <param name="Id">When it began, as a text that sorts.</param>
/// <param name="Baseline">When the product first looked at the tenant: what happened before is state and makes no facts.</param>
/// <param name="After">Advisors up to this userid (ordinal order) are done; empty at the beginning.</param>
/// <param name="Advisors">The advisors at hand.</param>
/// <param name="Cursor">Where the stage goes on: WeCom's cursor, an advisor or a group; empty at the stage's beginning.</param>
/// <param name="HeldUntil">WeCom did not answer: not before this time again.</param>
/// <param name="Hindrance">Why it is held.</param>
public sealed record HealRun(
    string Id, HealReason Reason, DateTimeOffset StartedAt, DateTimeOffset Baseline, string After, IReadOnlyList<string> Advisors, HealStage Stage, string Cursor,
    HealCounts Counts, DateTimeOffset? HeldUntil, string? Hindrance, DateTimeOffset? FinishedAt)
{
    public bool IsFinished => FinishedAt is not null;

    public bool IsFirstLook => Reason == HealReason.FirstLook;

    /// <summary>A page is done; the next one of this stage begins at the cursor.</summary>
    public HealRun Turn(string cursor, HealCounts found) =>
        this with { Cursor = cursor, Counts = Counts.Plus(found) with { Pages = Counts.Pages + 1 }, HeldUntil = null, Hindrance = null };

    /// <summary>The stage is done for the advisors at hand.</summary>
    public HealRun Enter(HealStage stage) => this with { Stage = stage, Cursor = string.Empty };

    /// <summary>All stages are done for the advisors at hand.</summary>
    public HealRun Leave() => this with { After = Advisors[^1], Advisors = [], Stage = HealStage.Customers, Cursor = string.Empty };

    public HealRun Hold(DateTimeOffset until, string why) => this with { HeldUntil = until, Hindrance = why };

    public HealRun Finish(DateTimeOffset now) => this with { Stage = HealStage.Done, Advisors = [], Cursor = string.Empty, HeldUntil = null, Hindrance = null, FinishedAt = now };
}

/// <summary>What a run read and found.</summary>
/// <param name="Pages">Pages of lists compared and committed.</param>
/// <param name="Advisors">Advisors whose lists were read.</param>
/// <param name="Added">Friends whose callback was missed, recorded with their true time.</param>
/// <param name="Ended">Friendships that ended at an unknown time.</param>
/// <param name="Joined">Group members whose callback was missed, recorded with their true time.</param>
/// <param name="Left">Members who left a group at an unknown time.</param>
/// <param name="Groups">Groups whose creation or end was missed.</param>
/// <param name="Published">Publications and posts that the polls had not seen.</param>
/// <param name="Doubtful">Advisors or groups whose list could not be believed or read: nothing was concluded from it.</param>
public sealed record HealCounts(
    long Pages = 0, long Advisors = 0, long Added = 0, long Ended = 0, long Joined = 0, long Left = 0, long Groups = 0, long Published = 0, long Doubtful = 0)
{
    public long Found => Added + Ended + Joined + Left + Groups + Published;

    public HealCounts Plus(HealCounts other) => new(
        Pages + other.Pages, Advisors + other.Advisors, Added + other.Added, Ended + other.Ended, Joined + other.Joined, Left + other.Left, Groups + other.Groups,
        Published + other.Published, Doubtful + other.Doubtful);
}

using System.Globalization;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Healing;

/// <summary>What one page of a list brought: facts and state, findings that name them, and their number.</summary>
internal sealed class Page(HealRun run, DateTimeOffset now)
{
    /// <summary>What a list shows that is younger than this is left to its callback, which may be on its way.</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(10);

    public Changes Changes { get; } = new();

    public HealCounts Counts { get; private set; } = new();

    public string Source(string what, string which) => $"pull:{what}:{run.Id}:{which}";

    public void Added(Fact fact)
    {
        Record(FindingKind.Added, fact);
        Counts = Counts with { Added = Counts.Added + 1 };
    }

    public void Ended(Fact fact)
    {
        Record(FindingKind.Ended, fact);
        Counts = Counts with { Ended = Counts.Ended + 1 };
    }

    /// <summary>What the comparison of a group decided; its facts become findings.</summary>
    public void Take(Changes compared)
    {
        Changes.Groups.AddRange(compared.Groups);
        Changes.GroupMembers.AddRange(compared.GroupMembers);
        Changes.JoinCodes.AddRange(compared.JoinCodes);
        foreach (var fact in compared.Facts)
        {
            Record(KindOf(fact.Kind), fact);
            Counts = Counts.Plus(fact.Kind switch
            {
                FactKind.GroupCreated => new HealCounts(Groups: 1),
                FactKind.GroupJoined => new HealCounts(Joined: 1),
                _ => new HealCounts(Left: 1),
            });
        }
    }

    public void GroupGone(string owner, string chatId)
    {
        Note(FindingKind.GroupGone, chatId, owner, chatId, note: null);
        Counts = Counts with { Groups = Counts.Groups + 1 };
    }

    public void Published(Fact fact)
    {
        // The facts themselves are those of the poll.
        Find(FindingKind.Published, fact);
        Counts = Counts with { Published = Counts.Published + 1 };
    }

    public void Doubt(string advisor, int missing)
    {
        Note(FindingKind.Doubtful, advisor, advisor, group: null, missing.ToString(CultureInfo.InvariantCulture));
        Counts = Counts with { Doubtful = Counts.Doubtful + 1 };
    }

    public void Refused(string advisor, int code, string? group = null)
    {
        Note(FindingKind.Unreadable, group ?? advisor, advisor, group, code.ToString(CultureInfo.InvariantCulture));
        Counts = Counts with { Doubtful = Counts.Doubtful + 1 };
    }

    public void Read(int advisors) => Counts = Counts with { Advisors = Counts.Advisors + advisors };

    public PageResult GoOn(HealRun next) => new(Changes, next, Hindrance: null, TimeSpan.Zero);

    private static FindingKind KindOf(FactKind kind) => kind switch
    {
        FactKind.GroupCreated => FindingKind.GroupFound,
        FactKind.GroupJoined => FindingKind.Joined,
        FactKind.GroupLeft => FindingKind.Left,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A group brings no such fact."),
    };

    private void Record(FindingKind kind, Fact fact)
    {
        Changes.Record(fact);
        Find(kind, fact);
    }

    private void Find(FindingKind kind, Fact fact) =>
        Changes.HealFindings.Add(new HealFinding(run.Id, kind, fact.Id, fact.Advisor, fact.Customer, fact.Group, fact.Ref, Note: null, now));

    private void Note(FindingKind kind, string subject, string advisor, string? group, string? note) =>
        Changes.HealFindings.Add(new HealFinding(run.Id, kind, subject, advisor, Customer: null, group, Fact: null, note, now));
}

/// <summary>How a page ended: what to commit and where the run goes on, or why it must wait.</summary>
internal sealed record PageResult(Changes Changes, HealRun? Next, string? Hindrance, TimeSpan Wait)
{
    private static readonly TimeSpan AfterUnknown = TimeSpan.FromMinutes(1);

    /// <summary>Nothing is concluded from a failed read; it is read again later.</summary>
    public static PageResult Held<T>(ApiResult<T> failure) => new(new Changes(), Next: null, failure.Describe(), failure switch
    {
        ApiResult<T>.RetryLater later => later.After,
        ApiResult<T>.Rejected => ApiCodes.SettingsPause,
        _ => AfterUnknown,
    });
}

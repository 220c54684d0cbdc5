using WeComOps.Answers;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Media;
using WeComOps.Outbox;
using WeComOps.Sales;
using WeComOps.Scorecard;
using WeComOps.Templates;

namespace WeComOps.Primitives;

/// <summary>
/// What a use case decided, committed as one transaction: new facts, the state they come with, the messages to send and
/// the mark that the cause is handled. Decisions fill it; only the store applies it.
/// </summary>
public sealed class Changes
{
    public List<Fact> Facts { get; } = [];

    public List<RawSource> Sources { get; } = [];

    public List<Branch> Branches { get; } = [];

    public List<Member> Members { get; } = [];

    public List<Leave> Leave { get; } = [];

    public List<Customer> Customers { get; } = [];

    public List<CustomerProfile> Profiles { get; } = [];

    public List<Friendship> Friendships { get; } = [];

    public List<CustomerGroup> Groups { get; } = [];

    public List<GroupMembership> GroupMembers { get; } = [];

    public List<JoinCode> JoinCodes { get; } = [];

    public List<Template> Templates { get; } = [];

    /// <summary>Only added: one whose id or correction is there already is a conflict.</summary>
    public List<MarketEntry> MarketEntries { get; } = [];

    public List<Instruction> Instructions { get; } = [];

    public List<Assignment> Assignments { get; } = [];

    public List<PushSlice> Slices { get; } = [];

    public List<PushExecution> Executions { get; } = [];

    /// <summary>Upserted by id, except that a message already known is never planned again.</summary>
    public List<OutgoingMessage> Outgoing { get; } = [];

    public List<Question> Questions { get; } = [];

    public List<TrackedLink> Links { get; } = [];

    public List<Click> Clicks { get; } = [];

    /// <summary>A picture that is known already is left as it is.</summary>
    public List<NewPicture> Pictures { get; } = [];

    public List<PictureCopy> PictureCopies { get; } = [];

    public List<RecordedSale> Sales { get; } = [];

    public List<StoredScorecard> Scorecards { get; } = [];

    public List<AuditEntry> Audit { get; } = [];

    public List<InboxRoute> Routed { get; } = [];

    public List<InboxMark> Marks { get; } = [];

    /// <summary>Parked items that a person puts back to waiting.</summary>
    public List<InboxReplay> Replays { get; } = [];

    public List<JobMark> Jobs { get; } = [];

    public List<HealRun> HealRuns { get; } = [];

    public List<HealRequest> HealRequests { get; } = [];

    public List<HealFinding> HealFindings { get; } = [];

    public List<CountGap> CountGaps { get; } = [];

    /// <summary>A fact whose day follows from when it occurred.</summary>
    public void Record(Fact fact) => Facts.Add(fact);
}

/// <summary>A message is routed to these handlers; none: kept and counted.</summary>
/// <param name="Lane">What it is about: messages of one lane keep their order. Empty: it has no order to keep.</param>
public sealed record InboxRoute(string MessageId, string Name, IReadOnlyList<string> Handlers, DateTimeOffset At, string Lane);

/// <summary>How an attempt on an inbox item ended.</summary>
/// <param name="Claim">The claim under which it was made: with any other nothing of the change set is stored.</param>
/// <param name="Error">Null: handled.</param>
/// <param name="RetryAt">When to try again; null with an error: parked.</param>
public sealed record InboxMark(string MessageId, string Handler, string Claim, string? Error, DateTimeOffset? RetryAt);

/// <summary>A parked item waits again from <paramref name="At"/> on, with all its attempts before it.</summary>
public sealed record InboxReplay(string MessageId, string Handler, DateTimeOffset At);

/// <summary>A job's last period that ran to its end, so that a restart neither forgets nor repeats one.</summary>
public sealed record JobMark(string Job, DateTimeOffset Period);

/// <summary>Who did what; chained by the store so that a changed or missing entry shows.</summary>
public sealed record AuditEntry(DateTimeOffset At, string Who, string Action, string Subject, string? Detail);

public interface IChangeStore
{
    /// <summary>
    /// Applies everything or nothing, durably. A fact that is already recorded is left as it is; entities are replaced by key.
    /// Concurrent calls may share a transaction (group commit).
    /// </summary>
    /// <exception cref="FenceLostException">It was called under a fence that is no longer the duty's newest. Nothing is stored.</exception>
    /// <exception cref="ClaimLostException">A mark carries a claim that another node has taken over. Nothing is stored.</exception>
    /// <exception cref="ConflictException">
    /// Something that is written only as it was read has changed since: a friendship, a group, a question, a template, an order line,
    /// an instruction that exists already, the state of a push or a message. Nothing is stored.
    /// </exception>
    Task CommitAsync(Changes changes, CancellationToken cancellationToken);
}

public interface IJobStore
{
    Task<DateTimeOffset?> LastPeriodAsync(string job, CancellationToken cancellationToken);
}

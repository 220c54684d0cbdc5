using System.Text.Json.Serialization;
using WeComOps.Ledger;
using WeComOps.Templates;

namespace WeComOps.Instructions;

/// <summary>What an instruction asks for.</summary>
public enum InstructionKind
{
    /// <summary>Send friend requests with the given copy on every working day of the window.</summary>
    FriendRequests,

    /// <summary>Publish a moment.</summary>
    Moment,

    /// <summary>Build a group with the given name; then its join code is made and a moment invites customers to it.</summary>
    GroupBuilding,

    /// <summary>Post in the advisor's groups.</summary>
    GroupPost,
}

public enum InstructionState
{
    /// <summary>Issued; its window is ahead or open.</summary>
    Open,

    /// <summary>The window has ended and what was not confirmed is cancelled.</summary>
    Closed,

    /// <summary>A person ended it before its deadline.</summary>
    Stopped,
}

/// <summary>One thing the mid-office asks of a set of advisors, with content, audience and deadline.</summary>
/// <param name="Content">The approved version it uses; its author answers for the outcome.</param>
/// <param name="From">Start of the window, UTC.</param>
/// <param name="Deadline">End of the window, UTC: what is not confirmed by then is cancelled.</param>
/// <param name="Branches">Branch ids whose advisors are instructed.</param>
/// <param name="DailyTarget">Friend requests a working day; 0 for other kinds.</param>
/// <param name="GroupName">Required group name with <c>{branch}</c> and <c>{advisor}</c> in it; group building only.</param>
/// <param name="Destination">Where the tracked link leads, if the content carries one.</param>
/// <param name="Market">Figures that its texts quote, with source and time, as they were when it was issued; null: none.</param>
/// <param name="Pictures">Ids of the pictures that go with its texts; null: none.</param>
public sealed record Instruction(
    string Id, InstructionKind Kind, string Title, ContentRef Content, DateTimeOffset From, DateTimeOffset Deadline,
    IReadOnlyList<string> Branches, int DailyTarget, string? GroupName, LinkDestination? Destination, InstructionState State, DateTimeOffset IssuedAt, string IssuedBy,
    IReadOnlyList<MarketFact>? Market = null, IReadOnlyList<string>? Pictures = null)
{
    /// <summary>When, by whom and why it was stopped; null: it was not. From then on nothing of it is asked, sent or confirmed.</summary>
    public InstructionStop? Stop { get; init; }

    /// <summary>UTC; null: it was not stopped.</summary>
    [JsonIgnore]
    public DateTimeOffset? StoppedAt => Stop?.At;

    public Instruction StopAt(DateTimeOffset at, string by, string reason) => this with { State = InstructionState.Stopped, Stop = new InstructionStop(at, by, reason) };
}

/// <param name="At">UTC.</param>
/// <param name="By">Id of the person.</param>
/// <param name="Reason">In the person's words.</param>
public sealed record InstructionStop(DateTimeOffset At, string By, string Reason);

/// <param name="Url">https, on an allowed host.</param>
public sealed record LinkDestination(string Url, string Product, string ProductLine);

/// <summary>The actions that are scored; the values of <c>Class</c> of an assignment.</summary>
public static class ActionKind
{
    public const string FriendRequests = "friend_requests";
    public const string Moments = "moments";
    public const string GroupBuilding = "group_building";
    public const string GroupPosts = "group_posts";
    public const string Replies = "replies";
}

/// <summary>Which action a push is for.</summary>
internal static class PushActions
{
    public static string Of(Outbox.PushKind kind) => kind == Outbox.PushKind.Moment ? ActionKind.Moments : ActionKind.GroupPosts;
}

/// <summary>An instruction as it concerns one advisor (and one day, for friend requests).</summary>
/// <param name="Id">Natural key: instruction, action, advisor, day.</param>
/// <param name="Text">The words for the advisor: request copy, required group name; null where WeCom carries the content.</param>
public sealed record Assignment(
    string Id, string Instruction, string Action, string Advisor, string Branch, DateOnly DueDay, DateTimeOffset DueAt, int Target, string? Text);

public interface IInstructionStore
{
    Task<Instruction?> FindAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Instruction>> ListAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<Assignment>> AssignmentsAsync(string instruction, CancellationToken cancellationToken);

    /// <summary>Assignments due on the day, of one action, of one advisor or (null) of all.</summary>
    Task<IReadOnlyList<Assignment>> DueOnAsync(DateOnly day, string action, string? advisor, CancellationToken cancellationToken);

    /// <summary>Assignments of the advisor whose window contains the instant, unless the instruction was stopped before it.</summary>
    Task<IReadOnlyList<Assignment>> OpenAsync(string advisor, string action, DateTimeOffset at, CancellationToken cancellationToken);
}

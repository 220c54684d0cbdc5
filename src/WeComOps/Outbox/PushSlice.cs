using WeComOps.Ledger;

namespace WeComOps.Outbox;

public enum PushKind
{
    Moment,
    GroupPost,
}

/// <summary>
/// Where a slice is. Only failures known to precede acceptance lead back to <see cref="Planned"/>;
/// <see cref="Unknown"/> is settled by listing and matching, never by calling again.
/// </summary>
public enum SliceState
{
    Planned,

    /// <summary>Durable before the call is made.</summary>
    Started,

    /// <summary>WeCom took it: a job id for a moment, a msgid for a post.</summary>
    Accepted,

    /// <summary>Executors see it; publish and send status is polled.</summary>
    Running,

    Rejected,
    Unknown,

    /// <summary>Not called before its window ended: asks a person.</summary>
    Missed,

    /// <summary>The window ended; what was not confirmed is cancelled.</summary>
    Closed,

    /// <summary>Not called: its instruction was stopped, or what it says is no longer approved or true.</summary>
    Stopped,
}

/// <summary>The tracked link as a card beside the text.</summary>
/// <param name="Url">With the marker in it.</param>
/// <param name="Cover">Id of our picture; null: none.</param>
public sealed record PushCard(string Title, string? Description, string Url, string? Cover);

/// <summary>One creating call: a text for a set of executors.</summary>
/// <param name="Id">Natural key: instruction and ordinal.</param>
/// <param name="Class">Kind of content, stamped on the exposures it brings: moment, join_copy, group_post.</param>
/// <param name="Text">As sent; carries the marker.</param>
/// <param name="Marker">Token of the tracked link in the text or its card, or null: then the exact text is the marker.</param>
/// <param name="JobId">Of a moment task.</param>
/// <param name="PushId">moment_id or msgid.</param>
/// <param name="Epoch">Fence of the node that started it.</param>
/// <param name="Pictures">Ids of our pictures, in their order; null: none.</param>
/// <param name="Card">How the link is shown; null: as an address in the text, or there is none.</param>
public sealed record PushSlice(
    string Id, string Instruction, PushKind Kind, string Class, ContentRef Content, string Text, string? Marker, IReadOnlyList<string> Executors,
    DateTimeOffset PlannedAt, DateTimeOffset Deadline, SliceState State, DateTimeOffset? StartedAt, string? JobId, string? PushId,
    string? Error, int Checks, DateTimeOffset? CheckAt, long Epoch, IReadOnlyList<string>? Pictures = null, PushCard? Card = null)
{
    /// <param name="epoch">Of the fence under which it is started; 0 without one.</param>
    public PushSlice Start(DateTimeOffset now, long epoch) => this with { State = SliceState.Started, StartedAt = now, Error = null, Epoch = epoch };

    /// <summary>The call certainly did not take effect.</summary>
    public PushSlice Postpone(DateTimeOffset until, string reason) =>
        this with { State = SliceState.Planned, StartedAt = null, PlannedAt = until, Error = reason };

    public PushSlice Accept(string id) => Kind == PushKind.Moment
        ? this with { State = SliceState.Accepted, JobId = id, Error = null }
        : this with { State = SliceState.Running, PushId = id, Error = null };

    public PushSlice Run(string pushId) => this with { State = SliceState.Running, PushId = pushId, Error = null, CheckAt = null };

    public PushSlice Reject(string error) => this with { State = SliceState.Rejected, Error = error };

    /// <summary>Looked for at 1, 5, 15 and 60 minutes, then hourly.</summary>
    public PushSlice Lose(string reason, DateTimeOffset now)
    {
        ReadOnlySpan<int> minutes = [1, 5, 15, 60];
        return this with
        {
            State = SliceState.Unknown,
            Error = reason,
            Checks = State == SliceState.Unknown ? Checks + 1 : 0,
            CheckAt = now.AddMinutes(minutes[Math.Min(State == SliceState.Unknown ? Checks + 1 : 0, minutes.Length - 1)]),
        };
    }

    public PushSlice Miss() => this with { State = SliceState.Missed, Error = "The window ended before the call was made." };

    public PushSlice Stop(string reason) => this with { State = SliceState.Stopped, Error = reason };

    public PushSlice Close() => this with { State = SliceState.Closed };
}

/// <summary>One executor of a slice.</summary>
/// <param name="SeenAt">The poll that first saw it published or sent; null until then.</param>
/// <param name="Looks">How often reactions were read after publication: 0, 1 (24 h), 2 (48 h).</param>
/// <param name="LookAt">When reactions are read next.</param>
public sealed record PushExecution(string Slice, string Advisor, DateTimeOffset? SeenAt, int Reached, int Looks, DateTimeOffset? LookAt);

public interface IPushStore
{
    Task<PushSlice?> FindAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<PushSlice>> InStateAsync(IReadOnlyCollection<SliceState> states, CancellationToken cancellationToken);

    Task<IReadOnlyList<PushSlice>> OfInstructionAsync(string instruction, CancellationToken cancellationToken);

    Task<IReadOnlyList<PushExecution>> ExecutionsAsync(string slice, CancellationToken cancellationToken);

    /// <summary>Executions whose reactions are due to be read.</summary>
    Task<IReadOnlyList<PushExecution>> DueForReactionsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// What the customer was exposed to by the advisor at or after <paramref name="since"/>: exposure facts
    /// (publications and posts) of the advisor, oldest first.
    /// </summary>
    Task<IReadOnlyList<Fact>> ExposuresAsync(string advisor, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>A message to an advisor, sent once.</summary>
/// <param name="Id">Natural key, so that planning it twice is one message.</param>
/// <param name="Payload">The message as JSON (<see cref="OutgoingMessages"/>).</param>
public sealed record OutgoingMessage(
    string Id, string UserId, string Payload, DateTimeOffset PlannedAt, DateTimeOffset ExpiresAt, SliceState State, string? Error, string? MsgId);

public interface IOutgoingStore
{
    Task<IReadOnlyList<OutgoingMessage>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    Task<IReadOnlyList<OutgoingMessage>> UnsettledAsync(CancellationToken cancellationToken);

    Task<int> CountPlannedAsync(CancellationToken cancellationToken);
}

/// <summary>What a customer was exposed to: the <c>Class</c> of publications and posts and of what is credited to them.</summary>
public static class ExposureClass
{
    public const string Moment = "moment";

    /// <summary>A moment that carries a join code.</summary>
    public const string JoinCopy = "join_copy";

    public const string GroupPost = "group_post";
}

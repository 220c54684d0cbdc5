namespace WeComOps.Inbox;

/// <summary>A message as it concerns one handler.</summary>
/// <param name="Attempts">Finished attempts so far.</param>
/// <param name="Claim">The claim that leased it: what is decided about it is stored only while it is the item's newest.</param>
public sealed record InboxItem(string MessageId, string Handler, string Body, DateTimeOffset ReceivedAt, int Attempts, string Claim);

/// <param name="Error">Why the last attempt failed.</param>
public sealed record ParkedItem(string MessageId, string Handler, int Attempts, string Error, DateTimeOffset ReceivedAt);

public interface IInboxStore
{
    /// <summary>
    /// Leases up to <paramref name="limit"/> due items under one claim, oldest first. Another claim gets them only after the
    /// lease, and what lies behind them in their lanes as well.
    /// </summary>
    Task<IReadOnlyList<InboxItem>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>Prolongs the lease of what is left of a claim, unless it ran out; the number of its items.</summary>
    Task<int> RenewAsync(string claim, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives back what is left of a claim: others get it at once.</summary>
    Task ReleaseAsync(string claim, CancellationToken cancellationToken);

    /// <summary>Messages that have not been routed to handlers yet, oldest first.</summary>
    Task<IReadOnlyList<ReceivedMessage>> UnroutedAsync(int limit, CancellationToken cancellationToken);

    Task<ReceivedMessage?> FindAsync(string id, CancellationToken cancellationToken);

    Task<InboxCounts> CountAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<ParkedItem>> ParkedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Messages that no handler takes, by the name they were routed under; the most frequent first.</summary>
    Task<IReadOnlyList<UnhandledEvents>> CountByNameAsync(CancellationToken cancellationToken);
}

/// <param name="Name">Event type, or <c>unreadable</c>.</param>
/// <param name="Latest">When the last one was received.</param>
public sealed record UnhandledEvents(string Name, long Count, DateTimeOffset Latest);

public sealed record InboxCounts(long Messages, long Unrouted, long Waiting, long Parked);

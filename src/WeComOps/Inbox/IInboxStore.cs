namespace WeComOps.Inbox;

/// <summary>A message as it concerns one handler.</summary>
/// <param name="Attempts">Finished attempts so far.</param>
public sealed record InboxItem(string MessageId, string Handler, string Body, DateTimeOffset ReceivedAt, int Attempts);

/// <param name="Error">Why the last attempt failed.</param>
public sealed record ParkedItem(string MessageId, string Handler, int Attempts, string Error, DateTimeOffset ReceivedAt);

public interface IInboxStore
{
    /// <summary>Leases up to <paramref name="limit"/> due items, oldest first. Another claim gets them only after the lease.</summary>
    Task<IReadOnlyList<InboxItem>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>Messages that have not been routed to handlers yet, oldest first.</summary>
    Task<IReadOnlyList<ReceivedMessage>> UnroutedAsync(int limit, CancellationToken cancellationToken);

    Task<ReceivedMessage?> FindAsync(string id, CancellationToken cancellationToken);

    Task<InboxCounts> CountAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<ParkedItem>> ParkedAsync(int limit, CancellationToken cancellationToken);
}

public sealed record InboxCounts(long Messages, long Unrouted, long Waiting, long Parked);

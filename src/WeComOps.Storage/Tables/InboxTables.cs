using System.Data.Common;
using WeComOps.Inbox;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>Messages as received, and one item per (message, handler): waiting, done or parked.</summary>
internal static class InboxTables
{
    private static readonly Statement InsertMessage = Statement.InsertIfNew("inbox_messages", "id", "received_at", "body");

    private static readonly Statement InsertItem = new(
        """
        INSERT INTO inbox_items (message_id, handler, seq, received_at, state, attempts, due_at)
        SELECT id, @handler, seq, received_at, 'waiting', 0, @due_at FROM inbox_messages WHERE id = @id
        ON CONFLICT DO NOTHING
        """, "id", "handler", "due_at");

    private static readonly Statement MarkRouted = new(
        "UPDATE inbox_messages SET routed_at = @routed_at, routed_name = @name, handlers = @handlers WHERE id = @id AND routed_at IS NULL",
        "id", "name", "handlers", "routed_at");

    private static readonly Statement MarkItem = new(
        """
        UPDATE inbox_items
        SET state = @state, attempts = attempts + 1, due_at = coalesce(@due_at, due_at), lease_until = NULL, error = @error
        WHERE message_id = @id AND handler = @handler AND state <> 'done'
        """, "id", "handler", "state", "due_at", "error");

    private static readonly Statement ClaimItems = new(
        """
        WITH due AS MATERIALIZED (
            SELECT message_id, handler FROM inbox_items
            WHERE state = 'waiting' AND due_at <= @now AND (lease_until IS NULL OR lease_until <= @now)
            ORDER BY received_at, seq, handler LIMIT @limit {skip locked})
        UPDATE inbox_items SET lease_until = @lease_until
        WHERE (message_id, handler) IN (SELECT message_id, handler FROM due)
        RETURNING seq, message_id, handler, (SELECT body FROM inbox_messages WHERE id = message_id), received_at, attempts
        """, "now", "lease_until", "limit");

    public static ValueTask<int> StoreAsync(SqlSession session, ReceivedMessage message) =>
        session.ExecuteAsync(InsertMessage, message.Id, message.ReceivedAt.Ms(), message.Body);

    public static async ValueTask RouteAsync(SqlSession session, InboxRoute route)
    {
        foreach (var handler in route.Handlers)
        {
            await session.ExecuteAsync(InsertItem, route.MessageId, handler, route.At.Ms());
        }

        await session.ExecuteAsync(MarkRouted, route.MessageId, route.Name, (long)route.Handlers.Count, route.At.Ms());
    }

    /// <exception cref="InvalidOperationException">The item was handled already: by who took it over after the lease. What came with this must not be stored over it.</exception>
    public static async ValueTask MarkAsync(SqlSession session, InboxMark mark)
    {
        var (state, dueAt) = mark switch
        {
            { Error: null } => ("done", null),
            { RetryAt: { } retryAt } => ("waiting", (long?)retryAt.Ms()),
            _ => ("parked", null),
        };
        var touched = await session.ExecuteAsync(MarkItem, mark.MessageId, mark.Handler, state, dueAt, mark.Error);
        if (touched == 0 && mark.Error is null)
        {
            throw new InvalidOperationException($"Message {mark.MessageId} was already handled by {mark.Handler}, or never routed to it: nothing is stored a second time.");
        }
    }

    /// <summary>Leases due items; the oldest first.</summary>
    public static async ValueTask<IReadOnlyList<InboxItem>> ClaimAsync(SqlSession session, DateTimeOffset now, TimeSpan lease, int limit)
    {
        var claimed = await session.QueryAsync(ClaimItems, MapClaimed, now.Ms(), (now + lease).Ms(), (long)limit);
        return
        [
            .. claimed.OrderBy(row => row.Item.ReceivedAt).ThenBy(row => row.Seq).ThenBy(row => row.Item.Handler, StringComparer.Ordinal)
                .Select(row => row.Item),
        ];
    }

    /// <summary>Columns: id, received_at, body.</summary>
    public static ReceivedMessage MapMessage(DbDataReader reader)
    {
        var row = new Row(reader);
        return new ReceivedMessage(row.Text(), row.Time(), row.Text());
    }

    /// <summary>Columns: message_id, handler, attempts, error, received_at.</summary>
    public static ParkedItem MapParked(DbDataReader reader)
    {
        var row = new Row(reader);
        return new ParkedItem(row.Text(), row.Text(), row.Int(), row.Text(), row.Time());
    }

    private static (long Seq, InboxItem Item) MapClaimed(DbDataReader reader)
    {
        var row = new Row(reader);
        return (row.Long(), new InboxItem(row.Text(), row.Text(), row.Text(), row.Time(), row.Int()));
    }
}

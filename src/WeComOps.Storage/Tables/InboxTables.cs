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
        INSERT INTO inbox_items (message_id, handler, seq, received_at, state, attempts, due_at, lane)
        SELECT id, @handler, seq, received_at, 'waiting', 0, @due_at, @lane FROM inbox_messages WHERE id = @id
        ON CONFLICT DO NOTHING
        """, "id", "handler", "due_at", "lane");

    private static readonly Statement MarkRouted = new(
        "UPDATE inbox_messages SET routed_at = @routed_at, routed_name = @name, handlers = @handlers WHERE id = @id AND routed_at IS NULL",
        "id", "name", "handlers", "routed_at");

    private static readonly Statement MarkItem = new(
        """
        UPDATE inbox_items
        SET state = @state, attempts = attempts + 1, due_at = coalesce(@due_at, due_at), lease_until = NULL, claim = NULL, error = @error
        WHERE message_id = @id AND handler = @handler AND claim = @claim AND state = 'waiting'
        """, "id", "handler", "claim", "state", "due_at", "error");

    private static readonly Statement ReplayItem = new(
        """
        UPDATE inbox_items SET state = 'waiting', attempts = 0, due_at = @due_at, lease_until = NULL, claim = NULL, error = NULL
        WHERE message_id = @id AND handler = @handler AND state = 'parked'
        """, "id", "handler", "due_at");

    /// <summary>A lease that ran out is not prolonged: later messages of its lane may be under way already.</summary>
    private static readonly Statement RenewItems = new(
        "UPDATE inbox_items SET lease_until = @lease_until WHERE claim = @claim AND state = 'waiting' AND lease_until > @now", "claim", "now", "lease_until");

    private static readonly Statement ReleaseItems = new(
        "UPDATE inbox_items SET lease_until = NULL, claim = NULL WHERE claim = @claim AND state = 'waiting'", "claim");

    /// <summary>Leases due items. What another claim holds keeps the later ones of its lane back.</summary>
    private static readonly Statement ClaimItems = new(
        $"""
        WITH due AS MATERIALIZED (
            SELECT item.message_id, item.handler FROM inbox_items item
            WHERE item.state = 'waiting' AND item.due_at <= @now AND (item.lease_until IS NULL OR item.lease_until <= @now)
              AND NOT EXISTS (
                SELECT 1 FROM inbox_items earlier
                WHERE earlier.lane = item.lane AND earlier.lane <> '' AND earlier.state = 'waiting' AND earlier.lease_until > @now
                  AND (earlier.received_at, earlier.seq) < (item.received_at, item.seq))
            ORDER BY item.received_at, item.seq, item.handler LIMIT @limit {SqlDialect.SkipLocked})
        UPDATE inbox_items SET lease_until = @lease_until, claim = @claim
        WHERE (message_id, handler) IN (SELECT message_id, handler FROM due)
        RETURNING seq, message_id, handler, (SELECT body FROM inbox_messages WHERE id = message_id), received_at, attempts, claim
        """, "now", "lease_until", "limit", "claim");

    /// <summary>In the order given; a message with a known id changes nothing.</summary>
    public static async ValueTask<int> StoreAsync(SqlSession session, IReadOnlyList<ReceivedMessage> messages, SqlDialect dialect)
    {
        if (dialect.InsertMessages is { } insertAll)
        {
            return await session.ExecuteAsync(
                insertAll,
                messages.Select(message => message.Id).ToArray(),
                messages.Select(message => message.ReceivedAt.Ms()).ToArray(),
                messages.Select(message => CleanText.Of(message.Body)).ToArray());
        }

        var stored = 0;
        var values = new object?[3];
        foreach (var message in messages)
        {
            (values[0], values[1], values[2]) = (message.Id, message.ReceivedAt.Ms(), message.Body);
            stored += await session.ExecuteAsync(InsertMessage, values);
        }

        return stored;
    }

    public static async ValueTask RouteAsync(SqlSession session, InboxRoute route)
    {
        foreach (var handler in route.Handlers)
        {
            await session.ExecuteAsync(InsertItem, route.MessageId, handler, route.At.Ms(), route.Lane);
        }

        await session.ExecuteAsync(MarkRouted, route.MessageId, route.Name, (long)route.Handlers.Count, route.At.Ms());
    }

    /// <exception cref="ClaimLostException">The item is done, parked or claimed by another: what came with this must not be stored.</exception>
    public static async ValueTask MarkAsync(SqlSession session, InboxMark mark)
    {
        var (state, dueAt) = mark switch
        {
            { Error: null } => ("done", null),
            { RetryAt: { } retryAt } => ("waiting", (long?)retryAt.Ms()),
            _ => ("parked", null),
        };
        if (await session.ExecuteAsync(MarkItem, mark.MessageId, mark.Handler, mark.Claim, state, dueAt, mark.Error) == 0)
        {
            throw new ClaimLostException($"Message {mark.MessageId} for {mark.Handler} is no longer under this claim; nothing was written.");
        }
    }

    /// <exception cref="ConflictException">The item is not parked.</exception>
    public static async ValueTask ReplayAsync(SqlSession session, InboxReplay replay) => Conflict.Unless(
        await session.ExecuteAsync(ReplayItem, replay.MessageId, replay.Handler, replay.At.Ms()) == 1, "Message", $"{replay.MessageId} for {replay.Handler}");

    public static ValueTask<int> RenewAsync(SqlSession session, string claim, DateTimeOffset now, TimeSpan lease) =>
        session.ExecuteAsync(RenewItems, claim, now.Ms(), (now + lease).Ms());

    public static ValueTask<int> ReleaseAsync(SqlSession session, string claim) => session.ExecuteAsync(ReleaseItems, claim);

    /// <summary>Leases due items; the oldest first.</summary>
    public static async ValueTask<IReadOnlyList<InboxItem>> ClaimAsync(
        SqlSession session, string claim, DateTimeOffset now, TimeSpan lease, int limit)
    {
        // Two claims at once would not see each other's leases, and a lane could be in both.
        await session.TakeTurnAsync("inbox.claim");
        var claimed = await session.QueryAsync(ClaimItems, MapClaimed, now.Ms(), (now + lease).Ms(), (long)limit, claim);
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

    /// <summary>Columns: routed_name, count, latest received_at.</summary>
    public static UnhandledEvents MapUnhandled(DbDataReader reader)
    {
        var row = new Row(reader);
        return new UnhandledEvents(row.Text(), row.Long(), row.Time());
    }

    private static (long Seq, InboxItem Item) MapClaimed(DbDataReader reader)
    {
        var row = new Row(reader);
        return (row.Long(), new InboxItem(row.Text(), row.Text(), row.Text(), row.Time(), row.Int(), row.Text()));
    }
}

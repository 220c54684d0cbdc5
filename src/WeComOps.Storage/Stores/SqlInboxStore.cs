using WeComOps.Inbox;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlInboxStore(SqlEngine engine) : IInboxStore
{
    public Task<IReadOnlyList<InboxItem>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        var claim = Guid.NewGuid().ToString("N");
        return engine.WriteAsync(session => InboxTables.ClaimAsync(session, claim, now, lease, limit), isOneStatement: false, cancellationToken);
    }

    public Task<int> RenewAsync(string claim, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => InboxTables.RenewAsync(session, claim, now, lease), isOneStatement: true, cancellationToken);

    public Task ReleaseAsync(string claim, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => InboxTables.ReleaseAsync(session, claim), isOneStatement: true, cancellationToken);

    public Task<IReadOnlyList<ReceivedMessage>> UnroutedAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT id, received_at, body FROM inbox_messages WHERE routed_at IS NULL ORDER BY received_at, seq LIMIT @limit",
        [("limit", limit)], InboxTables.MapMessage, cancellationToken);

    public Task<ReceivedMessage?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT id, received_at, body FROM inbox_messages WHERE id = @id", [("id", id)], InboxTables.MapMessage, cancellationToken);

    public async Task<InboxCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await engine.ListAsync(
            """
            SELECT (SELECT count(*) FROM inbox_messages),
                   (SELECT count(*) FROM inbox_messages WHERE routed_at IS NULL),
                   (SELECT count(*) FROM inbox_items WHERE state = 'waiting'),
                   (SELECT count(*) FROM inbox_items WHERE state = 'parked')
            """,
            [], reader => new InboxCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)), cancellationToken);
        return counts[0];
    }

    public Task<IReadOnlyList<ParkedItem>> ParkedAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        """
        SELECT message_id, handler, attempts, coalesce(error, ''), received_at FROM inbox_items
        WHERE state = 'parked' ORDER BY received_at, seq, handler LIMIT @limit
        """,
        [("limit", limit)], InboxTables.MapParked, cancellationToken);

    public Task<IReadOnlyList<UnhandledEvents>> CountByNameAsync(CancellationToken cancellationToken) => engine.ListAsync(
        """
        SELECT routed_name, count(*), max(received_at) FROM inbox_messages
        WHERE handlers = 0 GROUP BY routed_name ORDER BY count(*) DESC, routed_name
        """,
        [], InboxTables.MapUnhandled, cancellationToken);
}

using WeComOps.Outbox;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlOutgoingStore(SqlEngine engine) : IOutgoingStore
{
    /// <remarks>Expired messages too: who sends decides that they are missed.</remarks>
    public Task<IReadOnlyList<OutgoingMessage>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {OutboxTables.OutgoingColumns} FROM outgoing_messages WHERE state = 'planned' AND planned_at <= @now ORDER BY planned_at, id LIMIT @limit",
        [("now", now.Ms()), ("limit", limit)], OutboxTables.MapOutgoing, cancellationToken);

    /// <remarks>Started and unknown: calls whose outcome nobody knows.</remarks>
    public Task<IReadOnlyList<OutgoingMessage>> UnsettledAsync(CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {OutboxTables.OutgoingColumns} FROM outgoing_messages WHERE state IN ('started', 'unknown') ORDER BY planned_at, id",
        [], OutboxTables.MapOutgoing, cancellationToken);

    public async Task<int> CountPlannedAsync(CancellationToken cancellationToken) =>
        checked((int)await engine.CountAsync("SELECT count(*) FROM outgoing_messages WHERE state = 'planned'", [], cancellationToken));
}

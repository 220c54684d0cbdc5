using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlPushStore(SqlEngine engine) : IPushStore
{
    public Task<PushSlice?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT body FROM push_slices WHERE id = @id", [("id", id)], OutboxTables.MapSlice, cancellationToken);

    public Task<IReadOnlyList<PushSlice>> InStateAsync(IReadOnlyCollection<SliceState> states, CancellationToken cancellationToken) =>
        engine.ListAsync(
            $"SELECT body FROM push_slices WHERE {engine.Dialect.In("state", "states")} ORDER BY id",
            [("states", engine.Dialect.List(states.Select(state => state.Text())))], OutboxTables.MapSlice, cancellationToken);

    public Task<IReadOnlyList<PushSlice>> OfInstructionAsync(string instruction, CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT body FROM push_slices WHERE instruction = @instruction ORDER BY id",
        [("instruction", instruction)], OutboxTables.MapSlice, cancellationToken);

    public Task<IReadOnlyList<PushExecution>> ExecutionsAsync(string slice, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {OutboxTables.ExecutionColumns} FROM push_executions WHERE slice = @slice ORDER BY advisor",
        [("slice", slice)], OutboxTables.MapExecution, cancellationToken);

    public Task<IReadOnlyList<PushExecution>> DueForReactionsAsync(DateTimeOffset now, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {OutboxTables.ExecutionColumns} FROM push_executions WHERE look_at <= @now ORDER BY look_at, slice, advisor",
        [("now", now.Ms())], OutboxTables.MapExecution, cancellationToken);

    public Task<IReadOnlyList<Fact>> ExposuresAsync(
        string advisor, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) => engine.ListAsync(
        $"""
        SELECT {FactTable.Columns} FROM facts
        WHERE kind IN ('moment_published', 'group_post_sent') AND advisor = @advisor AND occurred_at BETWEEN @since AND @until
        ORDER BY occurred_at, day, id
        """,
        [("advisor", advisor), ("since", since.Ms()), ("until", until.Ms())], FactTable.Map, cancellationToken);
}

using WeComOps.Primitives;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlDutyStore(SqlEngine engine, TimeProvider clock) : IDutyStore
{
    /// <remarks>
    /// Where one process writes, a duty is written once in the process's life: asking again only reads, so that asking often costs
    /// no fsync.
    /// </remarks>
    public async Task<Fence?> TakeAsync(string duty, string node, TimeSpan lease, CancellationToken cancellationToken) =>
        engine.OneProcess && await HeldAsync(duty, node, cancellationToken) is { } held
            ? held
            : await engine.WriteAsync(
                session => DutyTable.TakeAsync(session, duty, node, clock.GetNow(), lease, engine.OneProcess), isOneStatement: true, cancellationToken);

    public async Task<bool> HoldsAsync(Fence fence, CancellationToken cancellationToken) => await engine.CountAsync(
        "SELECT count(*) FROM duties WHERE duty = @duty AND epoch = @epoch", [("duty", fence.Duty), ("epoch", fence.Epoch)], cancellationToken) == 1;

    /// <remarks>Where one process writes there is nobody to free it for.</remarks>
    public async Task ReleaseAsync(Fence fence, CancellationToken cancellationToken)
    {
        if (!engine.OneProcess)
        {
            await engine.WriteAsync(session => DutyTable.ReleaseAsync(session, fence), isOneStatement: true, cancellationToken);
        }
    }

    private Task<Fence?> HeldAsync(string duty, string node, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT epoch FROM duties WHERE duty = @duty AND node = @node", [("duty", duty), ("node", node)],
        reader => new Fence(duty, reader.GetInt64(0)), cancellationToken);
}

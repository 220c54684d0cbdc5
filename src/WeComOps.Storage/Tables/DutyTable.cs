using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>Duties with their newest epoch and how long their holder may be silent.</summary>
internal static class DutyTable
{
    /// <summary>
    /// One statement decides and writes, so that two nodes cannot both find a duty free. The epoch stays only for a holder whose
    /// lease still runs: in any other case somebody else could have acted in between.
    /// </summary>
    private static readonly Statement Take = new(
        """
        INSERT INTO duties (duty, node, epoch, until) VALUES (@duty, @node, 1, @until)
        ON CONFLICT (duty) DO UPDATE SET
            epoch = CASE WHEN duties.node = excluded.node AND (duties.until > @now OR @one_process = 1) THEN duties.epoch ELSE duties.epoch + 1 END,
            node = excluded.node,
            until = excluded.until
        WHERE duties.node = excluded.node OR duties.until <= @now OR @one_process = 1
        RETURNING epoch
        """, "duty", "node", "now", "until", "one_process");

    /// <summary>Free at once, at any reading of any clock; the epoch stays, so that the next one is higher.</summary>
    private static readonly Statement Release = new("UPDATE duties SET until = 0 WHERE duty = @duty AND epoch = @epoch", "duty", "epoch");

    private static readonly Statement NewestEpoch = new($"SELECT epoch FROM duties WHERE duty = @duty {SqlDialect.ForShare}", "duty");

    public static async ValueTask<Fence?> TakeAsync(
        SqlSession session, string duty, string node, DateTimeOffset now, TimeSpan lease, bool oneProcess)
    {
        var epochs = await session.QueryAsync(Take, reader => reader.GetInt64(0), duty, node, now.Ms(), (now + lease).Ms(), oneProcess.Flag());
        return epochs.Count == 0 ? null : new Fence(duty, epochs[0]);
    }

    public static ValueTask<int> ReleaseAsync(SqlSession session, Fence fence) => session.ExecuteAsync(Release, fence.Duty, fence.Epoch);

    /// <summary>
    /// Part of every transaction that a duty writes: whoever takes the duty over waits until this transaction has ended, and every
    /// later one of the old holder is refused here.
    /// </summary>
    /// <exception cref="FenceLostException">The fence is not the duty's newest.</exception>
    public static async ValueTask CheckAsync(SqlSession session, Fence fence)
    {
        var epochs = await session.QueryAsync(NewestEpoch, reader => reader.GetInt64(0), fence.Duty);
        if (epochs.Count == 0 || epochs[0] != fence.Epoch)
        {
            throw new FenceLostException($"Another node has taken over '{fence.Duty}' from epoch {fence.Epoch}; nothing was written.");
        }
    }
}

namespace WeComOps.WeCom;

/// <summary>
/// Counts a corp's API calls for all nodes, in fixed windows, and keeps the blocks that WeCom imposes (45009).
/// </summary>
/// <remarks>A store that is away throws <see cref="IOException"/>, <see cref="TimeoutException"/> or a <see cref="System.Data.Common.DbException"/>.</remarks>
public interface ISharedCalls
{
    /// <summary>Whether other processes count here too. If not, counting in memory is exact and needs no store.</summary>
    bool BetweenProcesses { get; }

    /// <summary>Counts one call, in one conditional statement, if the window has room and WeCom does not block the path.</summary>
    /// <param name="window">Start of the window in which the caller is. Where another node is in a later one already, that one counts.</param>
    Task<CallCount> CountAsync(string corp, string path, DateTimeOffset window, int limit, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Blocks the path from now on, longer when the block before it was the last that WeCom said about the path. A block that holds is left as it is.</summary>
    /// <returns>When the block ends.</returns>
    Task<DateTimeOffset> BlockAsync(string corp, string path, DateTimeOffset now, TimeSpan first, TimeSpan next, CancellationToken cancellationToken);

    /// <summary>WeCom answered otherwise after a block had ended: the next block is a first one again.</summary>
    Task UnblockAsync(string corp, string path, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <param name="Counted">The call may be made.</param>
/// <param name="BlockedUntil">When WeCom's last block ends or ended.</param>
/// <param name="Refused">WeCom's last word on the path was 45009.</param>
public sealed record CallCount(bool Counted, DateTimeOffset BlockedUntil, bool Refused);

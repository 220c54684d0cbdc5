using System.Data.Common;
using Microsoft.Extensions.Options;
using WeComOps.Storage.Sql;
using WeComOps.WeCom;

namespace WeComOps.Storage.Stores;

internal sealed class SqlSharedCalls(SqlEngine engine, IOptions<StorageOptions> options) : ISharedCalls
{
    // Never back to an earlier window: a node whose clock is behind counts where the others are.
    private static readonly Statement Count = new(
        """
        INSERT INTO shared_calls (corp, path, window_start, used, blocked_until, refused) VALUES (@corp, @path, @window, 1, 0, 0)
        ON CONFLICT (corp, path) DO UPDATE SET
            used = CASE WHEN shared_calls.window_start < excluded.window_start THEN 1 ELSE shared_calls.used + 1 END,
            window_start = CASE WHEN shared_calls.window_start < excluded.window_start THEN excluded.window_start ELSE shared_calls.window_start END
        WHERE shared_calls.blocked_until <= @now AND (shared_calls.window_start < excluded.window_start OR shared_calls.used < @limit)
        RETURNING blocked_until, refused
        """, "corp", "path", "window", "now", "limit");

    private static readonly Statement Block = new(
        """
        INSERT INTO shared_calls (corp, path, window_start, used, blocked_until, refused) VALUES (@corp, @path, 0, 0, @first, 1)
        ON CONFLICT (corp, path) DO UPDATE SET
            blocked_until = CASE WHEN shared_calls.refused = 1 THEN @next ELSE excluded.blocked_until END, refused = 1
        WHERE shared_calls.blocked_until <= @now
        """, "corp", "path", "first", "next", "now");

    private static readonly Statement Unblock = new(
        "UPDATE shared_calls SET refused = 0 WHERE corp = @corp AND path = @path AND refused = 1 AND blocked_until <= @now", "corp", "path", "now");

    private static readonly Statement Look = new("SELECT blocked_until, refused FROM shared_calls WHERE corp = @corp AND path = @path", "corp", "path");

    public bool BetweenProcesses => options.Value.Provider != StorageProvider.Sqlite;

    public Task<CallCount> CountAsync(
        string corp, string path, DateTimeOffset window, int limit, DateTimeOffset now, CancellationToken cancellationToken) => engine.WriteAsync(
        async session =>
        {
            var counted = await session.QueryAsync(Count, static reader => Map(reader, counted: true), corp, path, window.Ms(), now.Ms(), (long)limit);
            return counted.Count == 1
                ? counted[0]
                : (await session.QueryAsync(Look, static reader => Map(reader, counted: false), corp, path))[0];
        },
        isOneStatement: false,
        cancellationToken);

    public Task<DateTimeOffset> BlockAsync(
        string corp, string path, DateTimeOffset now, TimeSpan first, TimeSpan next, CancellationToken cancellationToken) => engine.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(Block, corp, path, (now + first).Ms(), (now + next).Ms(), now.Ms());
            return (await session.QueryAsync(Look, static reader => Map(reader, counted: false), corp, path))[0].BlockedUntil;
        },
        isOneStatement: false,
        cancellationToken);

    public Task UnblockAsync(string corp, string path, DateTimeOffset now, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => session.ExecuteAsync(Unblock, corp, path, now.Ms()), isOneStatement: true, cancellationToken);

    private static CallCount Map(DbDataReader reader, bool counted)
    {
        var row = new Row(reader);
        return new CallCount(counted, row.Time(), row.Flag());
    }
}

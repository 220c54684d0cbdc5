using Microsoft.Data.Sqlite;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Sqlite;

/// <summary>Runs works in one transaction on one connection.</summary>
internal sealed class SqliteBatch(SqliteConnection connection) : IAsyncDisposable
{
    private static readonly Statement Begin = new("BEGIN IMMEDIATE");
    private static readonly Statement Commit = new("COMMIT");
    private static readonly Statement Savepoint = new("SAVEPOINT work");
    private static readonly Statement Release = new("RELEASE work");
    private static readonly Statement Undo = new("ROLLBACK TO work");

    private readonly SqlSession _session = new(connection, SqliteDialect.Instance);

    /// <summary>
    /// After it returned, everything that was not refused is durable. After it threw, nothing is, and the connection must not be
    /// used again.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<SqliteWork> works)
    {
        await _session.ExecuteAsync(Begin);
        foreach (var work in works)
        {
            if (work.IsCancelled)
            {
                work.Cancel();
            }
            else if (work.IsOneStatement)
            {
                await RunOneStatementAsync(work);
            }
            else
            {
                await RunInSavepointAsync(work);
            }
        }

        await _session.ExecuteAsync(Commit);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async ValueTask RunOneStatementAsync(SqliteWork work)
    {
        try
        {
            await work.RunAsync(_session);
        }
        catch (Exception e) when (!IsOutage(e))
        {
            work.Refuse(e);
        }
    }

    private async ValueTask RunInSavepointAsync(SqliteWork work)
    {
        await _session.ExecuteAsync(Savepoint);
        try
        {
            await work.RunAsync(_session);
        }
        catch (Exception e) when (!IsOutage(e))
        {
            await _session.ExecuteAsync(Undo);
            work.Refuse(e);
        }

        await _session.ExecuteAsync(Release);
    }

    /// <summary>
    /// After these SQLite may have undone the whole transaction by itself, and the next statement would commit on its own:
    /// busy, locked, no memory, read-only, interrupted, I/O, corrupt, full, cannot open, protocol, not a database.
    /// </summary>
    private static bool IsOutage(Exception e) => e is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 8 or 9 or 10 or 11 or 13 or 14 or 15 or 26 };
}

using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;

namespace WeComOps.Storage.Sql;

/// <summary>One database: where stores read from and how they write. What differs per engine is in its subclass.</summary>
internal abstract class SqlEngine : IAsyncDisposable
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public abstract SqlDialect Dialect { get; }

    /// <summary>Only one process at a time can write: duties need not be shared out.</summary>
    public abstract bool OneProcess { get; }

    /// <summary>Completes when the store is open for writing.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Takes the right to write, brings the schema up to date and starts the writer. Calling it again does nothing.</summary>
    public abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Only reads, beside a process that writes: no lock, no migration. Writing is refused.</summary>
    public abstract Task OpenReadOnlyAsync(CancellationToken cancellationToken);

    /// <summary>Writes a consistent copy while the store is in use.</summary>
    public abstract Task BackupAsync(string path, CancellationToken cancellationToken);

    /// <summary>Does nothing where a backup is a file that only needs to be put in its place.</summary>
    public virtual void RefuseRestore(string path)
    {
    }

    /// <summary>A connection for reading that sees every commit that completed before.</summary>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Runs the work as all or nothing and returns once it is durable. Works that come together may share a transaction, but
    /// one that throws fails alone. Cancelled while it waits: nothing was done; once begun it is not cancelled.
    /// </summary>
    /// <remarks>
    /// With SQLite works never run side by side. With PostgreSQL they do: what a work reads may have changed when it writes,
    /// unless the write itself names the condition or the work took its turn (<see cref="SqlSession.TakeTurnAsync"/>) first.
    /// </remarks>
    /// <param name="work">Must only use its session; may run again when the engine undid it.</param>
    /// <param name="isOneStatement">The work is a single statement, so needs nothing around it to be undone.</param>
    /// <exception cref="IOException">
    /// Nothing durable could be written. Where a connection broke during the commit nobody knows: the work may be stored after all, so
    /// it must be one that can be repeated.
    /// </exception>
    public abstract Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> work, bool isOneStatement, CancellationToken cancellationToken);

    /// <summary>
    /// Makes room for facts of these days, before the transaction that records them: a transaction that changed tables itself would
    /// hold up all others.
    /// </summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public virtual ValueTask PrepareFactsAsync(IEnumerable<DateOnly> days, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>What a person should know about how this database is run; nothing is fine.</summary>
    public virtual Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public abstract ValueTask DisposeAsync();

    /// <summary>Whether a connection that waited unused turned out to be dead; then others that wait are given up, and asking again helps.</summary>
    protected virtual bool WasDead(Exception e) => false;

    protected void SetOpened() => _opened.TrySetResult();

    public async Task<IReadOnlyList<T>> ListAsync<T>(
        string sql, (string Name, object? Value)[] values, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await foreach (var row in StreamAsync(sql, values, map, cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public async Task<T?> FindAsync<T>(
        string sql, (string Name, object? Value)[] values, Func<DbDataReader, T> map, CancellationToken cancellationToken)
        where T : class
    {
        var rows = await ListAsync(sql, values, map, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async Task<long> CountAsync(string sql, (string Name, object? Value)[] values, CancellationToken cancellationToken)
    {
        var rows = await ListAsync(sql, values, reader => reader.GetInt64(0), cancellationToken);
        return rows[0];
    }

    /// <summary>Rows as they are read: never the whole result in memory.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string sql, (string Name, object? Value)[] values, Func<DbDataReader, T> map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        foreach (var (name, value) in values)
        {
            parameters.Add(name, value is string text ? CleanText.Of(text) : value);
        }

        var (connection, reader) = await ReadAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        await using var closedLast = connection;
        await using var closedFirst = reader;
        var isAtEnd = false;
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return map(reader);
            }

            isAtEnd = true;
        }
        finally
        {
            if (!isAtEnd && reader is IWrappedDataReader wrapped)
            {
                // Else closing would read the rest of the rows from the server.
                wrapped.Command.Cancel();
            }
        }
    }

    private async Task<(DbConnection Connection, DbDataReader Reader)> ReadAsync(CommandDefinition command)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var connection = await ConnectAsync(command.CancellationToken);
            try
            {
                return (connection, await connection.ExecuteReaderAsync(command));
            }
            catch (Exception e)
            {
                await connection.DisposeAsync();
                if (isAgain || !WasDead(e))
                {
                    throw;
                }
            }
        }
    }
}

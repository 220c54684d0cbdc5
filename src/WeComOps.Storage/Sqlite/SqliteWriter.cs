using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Sqlite;

/// <summary>
/// The one writer of a database. What comes in while a transaction is being made durable goes into the next one together, so
/// that many callers share one fsync; each caller's work is undone alone when it fails.
/// </summary>
internal sealed partial class SqliteWriter : IAsyncDisposable
{
    /// <summary>Callers beyond this wait: memory stays bounded when the disk does not keep up.</summary>
    private const int QueueLength = 8192;
    private const int LargestBatch = 1024;

    /// <summary>Some megabytes of log when many write, and little work at a time.</summary>
    private const int TransactionsPerFolding = 64;

    private readonly Channel<SqliteWork> _queue = Channel.CreateBounded<SqliteWork>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Func<SqliteConnection> _open;
    private readonly SqliteFolding _folding;
    private readonly ILogger<SqliteWriter> _log;
    private readonly Task _loop;
    private SqliteBatch? _batch;
    private long _transactions;

    /// <param name="folding">Disposed with the writer, before its connection.</param>
    public SqliteWriter(Func<SqliteConnection> open, SqliteFolding folding, ILogger<SqliteWriter> log)
    {
        _open = open;
        _folding = folding;
        _log = log;
        _loop = Task.Run(DrainAsync);
    }

    /// <summary>Transactions committed so far.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    public async Task<T> RunAsync<T>(Func<SqlSession, ValueTask<T>> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        var item = new SqliteWork<T>(work, isOneStatement, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(item, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("The store is closed: nothing can be written any more.", e);
        }

        return await item.Completion;
    }

    /// <summary>Finishes everything that was accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task DrainAsync()
    {
        var works = new List<SqliteWork>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (works.Count < LargestBatch && _queue.Reader.TryRead(out var work))
            {
                works.Add(work);
            }

            await CommitAsync(works);
            works.Clear();
        }

        await _folding.DisposeAsync();
        await ForgetConnectionAsync();
    }

    private async Task CommitAsync(List<SqliteWork> works)
    {
        try
        {
            _batch ??= new SqliteBatch(_open());
            await _batch.RunAsync(works);
            if (Interlocked.Increment(ref _transactions) % TransactionsPerFolding == 0)
            {
                _folding.Ask();
            }
        }
        catch (Exception e)
        {
            // Whatever it was, no caller may believe that its work is durable. A new connection starts clean.
            Log.TransactionFailed(_log, works.Count, e);
            await ForgetConnectionAsync();
            var reason = new IOException("The database could not be written; nothing of this was stored. Look at the disk and its permissions.", e);
            foreach (var work in works)
            {
                work.Fail(reason);
            }

            return;
        }

        foreach (var work in works)
        {
            work.Complete();
        }
    }

    private async ValueTask ForgetConnectionAsync()
    {
        if (_batch is { } batch)
        {
            _batch = null;
            try
            {
                await batch.DisposeAsync();
            }
            catch (SqliteException e)
            {
                Log.CloseFailed(_log, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A transaction of {Calls} calls could not be written")]
        public static partial void TransactionFailed(ILogger logger, int calls, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The writing connection did not close cleanly")]
        public static partial void CloseFailed(ILogger logger, Exception exception);
    }
}

using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace WeComOps.Storage.Sqlite;

/// <summary>
/// Folds the write-ahead log into the database file on a connection of its own, so that commits go on meanwhile: what the writer must
/// fold itself, before it may begin the log anew, is then only the little that came last.
/// </summary>
internal sealed partial class SqliteFolding : IAsyncDisposable
{
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<SqliteConnection> _open;
    private readonly ILogger<SqliteFolding> _log;
    private readonly Task _loop;

    public SqliteFolding(Func<SqliteConnection> open, ILogger<SqliteFolding> log)
    {
        _open = open;
        _log = log;
        _loop = Task.Run(FoldAsync);
    }

    /// <summary>Folds soon; asked again meanwhile, once more after that.</summary>
    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Folds what was asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        _asked.Writer.TryComplete();
        await _loop;
    }

    private async Task FoldAsync()
    {
        SqliteConnection? connection = null;
        await foreach (var _ in _asked.Reader.ReadAllAsync())
        {
            try
            {
                connection ??= _open();
                await using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
                await command.ExecuteNonQueryAsync();
            }
            catch (SqliteException e)
            {
                // Nothing is lost: the log stays, and the writer folds it when it has grown.
                Log.NotFolded(_log, e);
            }
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The write-ahead log could not be folded into the database file now")]
        public static partial void NotFolded(ILogger logger, Exception exception);
    }
}

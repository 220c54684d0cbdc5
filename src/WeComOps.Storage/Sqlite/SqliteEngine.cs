using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Sqlite;

/// <summary>A database file in WAL mode: one writer, readers that it never blocks.</summary>
internal sealed partial class SqliteEngine(string connectionString, TimeProvider clock, ILoggerFactory loggers) : SqlEngine
{
    private readonly SqliteConnections _connections = new(connectionString);
    private readonly SchemaMigrator _migrator = new(SqliteDialect.Instance, Migration.Load(SqliteDialect.Instance.Migrations), clock);
    private readonly ILogger<SqliteEngine> _log = loggers.CreateLogger<SqliteEngine>();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private SqliteLock? _lock;
    private SqliteWriter? _writer;
    private bool _isReadOnly;
    private bool _isClosed;

    public override SqlDialect Dialect => SqliteDialect.Instance;

    /// <remarks>The lock beside the file sees to it.</remarks>
    public override bool OneProcess => true;

    /// <summary>Transactions committed since the store was opened.</summary>
    public long Transactions => _writer?.Transactions ?? 0;

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_isReadOnly)
            {
                throw new InvalidOperationException("The store was opened for reading only.");
            }

            if (_writer is null)
            {
                await OpenWriterAsync(cancellationToken);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public override async Task OpenReadOnlyAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (!File.Exists(_connections.Path))
        {
            throw new StorageSchemaException(
                $"There is no database at {_connections.Path}. Set Storage:ConnectionString, or create it with 'wecomops migrate'.");
        }

        await using var connection = await _connections.OpenReaderAsync(cancellationToken);
        await _migrator.CheckAsync(connection, cancellationToken);
        _isReadOnly = _writer is null;
    }

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return _writer is null && !_isReadOnly ? throw NotOpen() : _connections.OpenReaderAsync(cancellationToken);
    }

    public override Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        if (_writer is { } writer)
        {
            return writer.RunAsync(work, isOneStatement, cancellationToken);
        }

        throw _isReadOnly ? new InvalidOperationException("The store was opened for reading only.") : NotOpen();
    }

    public override async Task BackupAsync(string path, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(path);
        if (File.Exists(target))
        {
            throw new IOException($"{target} exists already. A backup never replaces a file: choose another name.");
        }

        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = target + ".unfinished";
        File.Delete(unfinished);
        await using (var connection = await ConnectAsync(cancellationToken))
        {
            // One read transaction: what was committed before is in it, what comes later is not, and nobody waits.
            await connection.ExecuteAsync(new CommandDefinition("VACUUM INTO @unfinished", new { unfinished }, commandTimeout: 0, cancellationToken: cancellationToken));
        }

        await SqliteBackup.CheckAsync(unfinished, cancellationToken);
        File.Move(unfinished, target, overwrite: false);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _connections.ClearReaders();
        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
        }

        _lock?.Dispose();
        _opening.Dispose();
    }

    private async Task OpenWriterAsync(CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_connections.Path)!);
        var taken = SqliteLock.Take(_connections.Path, clock);
        try
        {
            await using (var connection = _connections.OpenWriter())
            {
                var applied = await _migrator.MigrateAsync(connection, cancellationToken);
                Log.Opened(_log, _connections.Path, _migrator.Latest, applied);
            }

            _writer = new SqliteWriter(
                _connections.OpenWriter, new SqliteFolding(_connections.OpenWriter, loggers.CreateLogger<SqliteFolding>()), loggers.CreateLogger<SqliteWriter>());
            _lock = taken;
            SetOpened();
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private static InvalidOperationException NotOpen() => new("The store is not open: call StorageMaintenance.OpenAsync or OpenReadOnlyAsync first.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened {Path} for writing, schema {Version} ({Applied} steps applied)")]
        public static partial void Opened(ILogger logger, string path, int version, int applied);
    }
}

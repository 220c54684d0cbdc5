using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.PostgreSql;

/// <summary>A database on a server: any number of nodes write, each work in a transaction of its own.</summary>
internal sealed partial class PostgreSqlEngine(string connectionString, TimeProvider clock, ILogger<PostgreSqlEngine> log) : SqlEngine
{
    private const int Attempts = 6;

    private readonly NpgsqlConnectionStringBuilder _settings = PostgreSqlConnections.Complete(connectionString);
    private readonly PostgreSqlDialect _dialect = new();
    private readonly FactPartitions _partitions = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private SemaphoreSlim? _writers;
    private NpgsqlDataSource? _source;
    private bool _isReadOnly;
    private bool _isClosed;

    public override SqlDialect Dialect => _dialect;

    public override bool OneProcess => false;

    private SchemaMigrator Migrator => new(_dialect, Migration.Load(_dialect.Migrations), clock);

    public override Task OpenAsync(CancellationToken cancellationToken) => OpenAsync(isReadOnly: false, cancellationToken);

    public override Task OpenReadOnlyAsync(CancellationToken cancellationToken) => OpenAsync(isReadOnly: true, cancellationToken);

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return await (_source ?? throw NotOpen()).OpenConnectionAsync(cancellationToken);
    }

    public override async Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        var (source, writers) = Writing();
        await writers.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var run = new PostgreSqlTry<T>(source, _dialect, work, isOneStatement);
                try
                {
                    return await run.RunAsync();
                }
                catch (PostgresException e) when (PostgreSqlFailures.IsConflict(e))
                {
                    if (attempt == Attempts)
                    {
                        throw new IOException("PostgreSQL undid this work again and again in favour of others; nothing of it was stored.", e);
                    }

                    Log.Repeated(log, e.SqlState, attempt);
                    await Task.Delay(TimeSpan.FromMilliseconds(10 << attempt), clock, CancellationToken.None);
                }
                catch (Exception e) when (PostgreSqlFailures.IsOutage(e))
                {
                    var outage = Outage(source, e);
                    if (run.MayBeStored || attempt > 1 || !PostgreSqlFailures.IsDeadConnection(e))
                    {
                        throw outage;
                    }
                }
            }
        }
        finally
        {
            writers.Release();
        }
    }

    public override async ValueTask PrepareFactsAsync(IEnumerable<DateOnly> days, CancellationToken cancellationToken)
    {
        var (source, _) = Writing();
        try
        {
            await _partitions.MakeAsync(source, days);
        }
        catch (Exception e) when (PostgreSqlFailures.IsOutage(e))
        {
            throw Outage(source, e);
        }
    }

    public override Task BackupAsync(string path, CancellationToken cancellationToken) => throw new StorageRefusedException(
        $"""
        PostgreSQL has its own tools for this, and they do not disturb the service. Take a copy with
          pg_dump --format=custom --file={path} {PostgreSqlConnections.Address(_settings)} --dbname={_settings.Database}
        For a copy up to the minute, archive the server's log (pg_basebackup and archive_command).
        """);

    public override void RefuseRestore(string path) => throw new StorageRefusedException(
        $"""
        PostgreSQL has its own tools for this. With every node stopped, and a new database so that nothing is mixed:
          createdb {PostgreSqlConnections.Address(_settings)} {_settings.Database}_restored
          pg_restore --no-owner --single-transaction --exit-on-error {PostgreSqlConnections.Address(_settings)} --dbname={_settings.Database}_restored {path}
        Then name the new database in Storage:ConnectionString and run: wecomops migrate, wecomops audit verify.
        """);

    public override async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        return await PostgreSqlDurability.FaultsAsync(connection, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        if (_writers is { } writers)
        {
            // Finishes what was accepted: once all places are taken, nobody writes any more.
            for (var i = 0; i < Writers; i++)
            {
                await writers.WaitAsync();
            }
        }

        if (_source is { } source)
        {
            await source.DisposeAsync();
        }
    }

    protected override bool WasDead(Exception e)
    {
        if (!PostgreSqlFailures.IsDeadConnection(e))
        {
            return false;
        }

        _source?.Clear();
        return true;
    }
}

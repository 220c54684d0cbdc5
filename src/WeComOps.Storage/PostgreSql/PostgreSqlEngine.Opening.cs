using Microsoft.Extensions.Logging;
using Npgsql;

namespace WeComOps.Storage.PostgreSql;

/// <summary>How the database is opened, and what everybody hears until it is.</summary>
internal sealed partial class PostgreSqlEngine
{
    /// <summary>Works that run side by side. More would only wait for each other's commits; the rest of the pool is for reading.</summary>
    private int Writers => Math.Clamp(_settings.MaxPoolSize / 2, 1, 16);

    private async Task OpenAsync(bool isReadOnly, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_source is null)
            {
                await ConnectFirstAsync(isReadOnly, cancellationToken);
            }
            else if (_isReadOnly && !isReadOnly)
            {
                throw new InvalidOperationException("The store was opened for reading only.");
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task ConnectFirstAsync(bool isReadOnly, CancellationToken cancellationToken)
    {
        if (isReadOnly)
        {
            _settings.Options = $"{_settings.Options} -c default_transaction_read_only=on".Trim();
        }

        var source = new NpgsqlDataSourceBuilder(_settings.ConnectionString).Build();
        try
        {
            await using (var connection = await source.OpenConnectionAsync(cancellationToken))
            {
                if (isReadOnly)
                {
                    await Migrator.CheckAsync(connection, cancellationToken);
                }
                else
                {
                    await PostgreSqlDurability.RefuseLossAsync(connection, cancellationToken);
                    var applied = await Migrator.MigrateAsync(connection, cancellationToken);
                    Log.Opened(log, PostgreSqlConnections.Name(_settings), Migrator.Latest, applied);
                    foreach (var fault in await PostgreSqlDurability.FaultsAsync(connection, cancellationToken))
                    {
                        Log.Fault(log, fault);
                    }
                }
            }

            _isReadOnly = isReadOnly;
            _writers = isReadOnly ? null : new SemaphoreSlim(Writers, Writers);
            _source = source;
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            if (PostgreSqlFailures.RefusalOf(e) is { } refusal)
            {
                throw new StorageRefusedException(refusal, e);
            }

            if (PostgreSqlFailures.IsOutage(e))
            {
                throw new StorageUnreachableException(
                    $"PostgreSQL does not answer for {PostgreSqlConnections.Name(_settings)} ({e.Message}). Check that the server runs and that Storage:ConnectionString names it.", e);
            }

            throw;
        }

        if (!isReadOnly)
        {
            SetOpened();
        }
    }

    private (NpgsqlDataSource Source, SemaphoreSlim Writers) Writing() => (_source, _writers) switch
    {
        _ when _isClosed => throw new IOException("The store is closed: nothing can be written any more."),
        ({ } source, { } writers) => (source, writers),
        ({ }, null) => throw new InvalidOperationException("The store was opened for reading only."),
        _ => throw NotOpen(),
    };

    private StorageUnreachableException NotOpen() =>
        new($"The store is not open: PostgreSQL did not answer yet for {PostgreSqlConnections.Name(_settings)}.");

    /// <summary>Connections that wait in the pool have died with this one; the next caller gets a new one.</summary>
    private static IOException Outage(NpgsqlDataSource source, Exception e)
    {
        source.Clear();
        return new IOException("The database could not be written. Look at the PostgreSQL server and the way to it.", e);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Opened PostgreSQL {Name} for writing, schema {Version} ({Applied} steps applied)")]
        public static partial void Opened(ILogger logger, string name, int version, int applied);

        [LoggerMessage(2, LogLevel.Debug, "PostgreSQL undid a work ({SqlState}) in favour of another, attempt {Attempt}; it is run again")]
        public static partial void Repeated(ILogger logger, string sqlState, int attempt);

        [LoggerMessage(3, LogLevel.Warning, "{Fault}")]
        public static partial void Fault(ILogger logger, string fault);
    }
}

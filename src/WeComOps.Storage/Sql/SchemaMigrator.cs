using System.Data.Common;
using Dapper;
using WeComOps.Primitives;

namespace WeComOps.Storage.Sql;

/// <summary>
/// Brings a schema up to date, each step in its own transaction. The caller holds the right to write; where many may have it,
/// the dialect's lock lets one at a time take a step.
/// </summary>
internal sealed class SchemaMigrator(SqlDialect dialect, IReadOnlyList<Migration> migrations, TimeProvider clock)
{
    public int Latest => migrations.Count == 0 ? 0 : migrations[^1].Version;

    /// <returns>How many steps were applied.</returns>
    /// <exception cref="StorageSchemaException">The schema is newer than this program.</exception>
    public async Task<int> MigrateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(connection, cancellationToken);
        RefuseNewer(current);
        var applied = 0;
        foreach (var migration in migrations.Where(migration => migration.Version > current))
        {
            applied += await ApplyAsync(connection, migration, cancellationToken) ? 1 : 0;
        }

        return applied;
    }

    /// <exception cref="StorageSchemaException">The schema is not exactly the one this program reads.</exception>
    public async Task CheckAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(connection, cancellationToken);
        RefuseNewer(current);
        if (current < Latest)
        {
            throw new StorageSchemaException(
                $"The database has schema {current}, this program reads schema {Latest}. Run 'wecomops migrate' (after a backup) or start the host once.");
        }
    }

    private void RefuseNewer(int current)
    {
        if (current > Latest)
        {
            throw new StorageSchemaException(
                $"The database has schema {current}, which is newer than this program (schema {Latest}). Install the version that wrote it, or restore a backup from before the upgrade.");
        }
    }

    private async Task<int> CurrentAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var exists = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(dialect.TableExists, new { name = "schema_migrations" }, cancellationToken: cancellationToken));
        return exists == 0
            ? 0
            : await connection.ExecuteScalarAsync<int>(
                new CommandDefinition("SELECT coalesce(max(version), 0) FROM schema_migrations", cancellationToken: cancellationToken));
    }

    /// <returns>Whether the step was still to be taken.</returns>
    private async Task<bool> ApplyAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (dialect.SchemaLock is { } schemaLock)
        {
            await connection.ExecuteAsync(new CommandDefinition(schemaLock, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken));
            var current = await CurrentAsync(connection, cancellationToken);
            RefuseNewer(current);
            if (current >= migration.Version)
            {
                return false;
            }
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)",
            transaction: transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO schema_migrations (version, name, applied_at) VALUES (@version, @name, @at)",
            new { version = migration.Version, name = migration.Name, at = clock.GetNow().ToString("O") },
            transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}

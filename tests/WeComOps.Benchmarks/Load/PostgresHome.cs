using System.Globalization;
using Npgsql;

namespace WeComOps.Benchmarks.Load;

/// <summary>A PostgreSQL server with one fresh database for each outing.</summary>
internal sealed class PostgresHome : IAsyncDisposable
{
    private readonly string _administrator;
    private int _databases;

    private PostgresHome(string administrator) => _administrator = administrator;

    public static Task<PostgresHome> StartAsync(LoadOptions options) => options.Postgres.Length == 0
        ? throw new InvalidOperationException("Give --postgres CONNECTION.")
        : Task.FromResult(new PostgresHome(options.Postgres));

    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{Environment.ProcessId}_{++_databases}");
        await using var connection = new NpgsqlConnection(_administrator);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_administrator) { Database = name }.ConnectionString;
    }

    public static async Task<HashSet<string>> StoredAsync(string database, string table)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT id FROM {table}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

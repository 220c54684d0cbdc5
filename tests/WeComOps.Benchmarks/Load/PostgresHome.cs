using System.Diagnostics;
using System.Globalization;
using Npgsql;
using WeComOps.Testing;

namespace WeComOps.Benchmarks.Load;

/// <summary>A PostgreSQL server that syncs its commits, pinned to the core of the servers under test: it is a part of what they need.</summary>
internal sealed class PostgresHome : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private int _databases;

    private PostgresHome(PostgresServer server) => _server = server;

    public static async Task<PostgresHome> StartAsync(int core)
    {
        var server = await PostgresServer.StartAsync(isDurable: true);
        foreach (var id in Family(server.ProcessId))
        {
            using var pin = Process.Start("taskset", ["-p", "-c", core.ToString(CultureInfo.InvariantCulture), id.ToString(CultureInfo.InvariantCulture)]);
            await pin.WaitForExitAsync();
        }

        return new PostgresHome(server);
    }

    /// <summary>A fresh database; its connection string.</summary>
    public Task<string> CreateDatabaseAsync() => _server.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"bench{++_databases}"));

    /// <summary>Frees the space, so that a later outing does not pay for the vacuum of an earlier one.</summary>
    public async Task DropDatabaseAsync(string database)
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DropDatabaseAsync(new NpgsqlConnectionStringBuilder(database).Database!);
    }

    /// <summary>CPU seconds of the server and its workers, those that ended included.</summary>
    public double CpuSeconds() => Family(_server.ProcessId).Sum(Child.CpuSeconds);

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

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static IEnumerable<int> Family(int id) =>
        System.IO.Directory.GetDirectories("/proc")
            .Select(static path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(other => other == id || (other > 0 && Child.ParentOf(other) == id));
}

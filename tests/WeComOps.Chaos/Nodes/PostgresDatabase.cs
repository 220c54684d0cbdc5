using System.Data.Common;
using Npgsql;
using WeComOps.Testing;

namespace WeComOps.Chaos.Nodes;

/// <summary>A server of the rig's own.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly PostgresServer _server;

    private PostgresDatabase(PostgresServer server, string connectionString) => (_server, ConnectionString) = (server, connectionString);

    public string Provider => "PostgreSql";

    public string ConnectionString { get; }

    public static async Task<PostgresDatabase> MakeAsync()
    {
        // Durable: a server that is stopped at once must come back with what it said was committed.
        var server = await PostgresServer.StartAsync(isDurable: true);
        return new PostgresDatabase(server, await server.CreateDatabaseAsync("chaos"));
    }

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public Task StopAsync() => _server.StopAsync(isCrash: true);

    public Task StartAsync() => _server.ProcessId == 0 ? _server.RestartAsync() : Task.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

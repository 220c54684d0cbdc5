using WeComOps.Storage.Tests.PostgreSql;
using WeComOps.Testing;

[assembly: AssemblyFixture(typeof(PostgreSqlTestServer))]

namespace WeComOps.Storage.Tests.PostgreSql;

/// <summary>One server for all tests of this assembly, started by the first that needs it, with one empty database as the pattern of all.</summary>
public sealed class PostgreSqlTestServer : IAsyncDisposable
{
    private const string Pattern = "pattern";

    private static readonly Lazy<Task<PostgresServer>> Server = new(StartAsync);

    private static int _databases;

    /// <summary>An empty database with the schema of today.</summary>
    public static async Task<(PostgresServer Server, string Name)> CreateDatabaseAsync(bool isMigrated = true)
    {
        var server = await Server.Value;
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await server.CreateDatabaseAsync(name, isMigrated ? Pattern : null);
        return (server, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync(Pattern);
        await using var services = new PostgreSqlTestDatabase(server, Pattern).Services();
        await services.OpenAsync();
        return server;
    }
}

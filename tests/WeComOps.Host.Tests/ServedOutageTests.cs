using System.Net;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Nodes;
using WeComOps.Host.Tests.Web;
using WeComOps.Sandbox;
using WeComOps.Testing;

namespace WeComOps.Host.Tests;

/// <summary>The program as it is served on PostgreSQL, while the server is away.</summary>
public sealed class ServedOutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Without_its_server_a_node_starts_and_takes_callbacks_and_with_it_nothing_is_missing()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("bank");
        await server.StopAsync();
        using var folder = new WorkFolder();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await using var node = await ServedNode.StartAsync(folder.FullName, Settings(server.ConnectionStringOf("bank")));

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(node.Address, "/health/live"))).StatusCode);
        // It takes callbacks, so the proxy must go on sending them here.
        Assert.Contains("kept in the spill folder", await http.GetStringAsync(new Uri(node.Address, "/health/ready")), StringComparison.Ordinal);
        var forge = new CallbackForge(new SandboxOptions(), TimeProvider.System.GetUtcNow());
        for (var id = 0; id < 20; id++)
        {
            using var callback = forge.Post(node.Address, forge.Message("adv_001", "客户问：网点周六开门吗？", id));
            using var answer = await http.SendAsync(callback);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await server.RestartAsync();
        await node.SaysAsync("The store is open", Patience);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(node.Address, "/health/ready"))).StatusCode);
        using var patience = new CancellationTokenSource(Patience);
        while (await CountAsync(server) < 20)
        {
            await Task.Delay(100, patience.Token);
        }

        Assert.Equal(20, await CountAsync(server));
    }

    private static async Task<long> CountAsync(PostgresServer server)
    {
        await using var connection = new Npgsql.NpgsqlConnection(server.ConnectionStringOf("bank") + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM inbox_messages", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Dictionary<string, string> Settings(string connectionString)
    {
        var bank = new SandboxOptions();
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = connectionString,
            ["WeCom__ApiBaseUrl"] = "http://127.0.0.1:1",
            ["WeCom__CorpId"] = bank.CorpId,
            ["WeCom__AgentId"] = $"{bank.AgentId}",
            ["WeCom__Secret"] = bank.Secret,
            ["WeCom__Callback__Token"] = bank.CallbackToken,
            ["WeCom__Callback__EncodingAesKey"] = bank.EncodingAesKey,
            ["Links__PublicBaseUrl"] = "https://link.bank.example",
            ["Links__AllowedHosts__0"] = "shop.bank.example",
            ["Sales__SigningSecret"] = bank.SalesSigningSecret,
            ["Access__AdministratorKey"] = "key-of-a-test-with-30-letters-",
            ["Urls"] = "http://127.0.0.1:0",
            ["Logging__LogLevel__Default"] = "Information",
        };
    }
}

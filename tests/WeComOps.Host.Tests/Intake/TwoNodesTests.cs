using System.Net;
using WeComOps.Host.Tests.Cli;
using WeComOps.Testing;

namespace WeComOps.Host.Tests.Intake;

/// <summary>Several nodes that take callbacks, on one PostgreSQL server that also goes away.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly WorkFolder _folder = new();
    private PostgresServer _server = null!;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _database = await _server.CreateDatabaseAsync("bank");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_same_callback_four_times_at_once_on_two_nodes_is_kept_once()
    {
        await using var first = await StartAsync("first");
        await using var second = await StartAsync("second");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(id => new[] { first, second, first, second }.Select(node => node.PostAsync(node.Text(id)))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(200, (await first.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_server_that_stops_under_callbacks_costs_none_of_them()
    {
        await using var node = await StartAsync("first");
        Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(0)));
        await _server.StopAsync(isCrash: true);
        Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(1)));
        Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(2)));
        Assert.StartsWith("degraded", await node.ReadyAsync(), StringComparison.Ordinal);

        await _server.RestartAsync();
        await ReplayedAsync(node);

        Assert.Equal([node.Text(0), node.Text(1), node.Text(2)], (await node.StoredAsync()).Select(message => message.Body));
    }

    [Fact]
    public async Task Two_nodes_with_one_spill_folder_are_refused()
    {
        await using var first = await StartAsync("same");

        var refusal = await Assert.ThrowsAsync<Storage.StorageLockedException>(() => StartAsync("same"));

        Assert.Contains("Storage:SpillFolder", refusal.Message, StringComparison.Ordinal);
    }

    private Task<CallbackNode> StartAsync(string name) => CallbackNode.StartAsync(
        _folder.FullName,
        ("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", _database), ("Storage:SpillFolder", _folder.PathOf(name)),
        ("Access:AdministratorKey", "a-long-administrator-key-of-the-tests"));

    /// <summary>A server that has just come back may refuse its first callers.</summary>
    private static async Task ReplayedAsync(CallbackNode node)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await node.ReplayAsync();
                return;
            }
            catch (IOException) when (attempt < 20)
            {
            }
        }
    }
}

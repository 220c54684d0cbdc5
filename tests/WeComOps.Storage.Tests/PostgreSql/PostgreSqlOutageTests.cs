using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WeComOps.Inbox;
using WeComOps.Primitives;
using WeComOps.Testing;

namespace WeComOps.Storage.Tests.PostgreSql;

/// <summary>The server stops, crashes or refuses.</summary>
public sealed class PostgreSqlOutageTests : PostgreSqlTests
{
    [Fact]
    public async Task Without_a_server_the_host_starts_and_the_store_opens_when_it_is_there()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("bank");
        await server.StopAsync();
        using var host = HostOf(server.ConnectionStringOf("bank"));

        await host.StartAsync();

        await Assert.ThrowsAsync<StorageUnreachableException>(() => StoreAsync(host.Services, 1));
        await Assert.ThrowsAsync<StorageUnreachableException>(() => host.Services.GetRequiredService<IInboxStore>().CountAsync(None));
        await server.RestartAsync();
        await host.Services.GetRequiredService<StorageMaintenance>().OpenedAsync(None).WaitAsync(TimeSpan.FromSeconds(30));
        await StoreAsync(host.Services, 1);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_host_that_never_opened_its_store_stops_at_once()
    {
        using var host = HostOf("Host=127.0.0.1;Port=1;Database=d;Username=u");
        await host.StartAsync();
        var stopping = Stopwatch.StartNew();

        await host.StopAsync();

        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task After_a_crash_of_the_server_the_first_callers_hear_of_it_and_the_next_find_the_new_one()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var node = await new PostgreSqlTestDatabase(server, "postgres").Services().OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => StoreAsync(node, i)));

        await server.StopAsync(isCrash: true);
        await Assert.ThrowsAsync<IOException>(() => StoreAsync(node, 100));
        await Assert.ThrowsAsync<IOException>(() => CommitAsync(node, changes => changes.Record(Given.Fact("1"))));
        await server.RestartAsync();

        await StoreAsync(node, 101);
        await CommitAsync(node, changes => changes.Record(Given.Fact("1")));
        Assert.Equal(51, (await node.GetRequiredService<IInboxStore>().CountAsync(None)).Messages);
    }

    [Fact]
    public async Task After_a_restart_that_nobody_noticed_readers_and_change_sets_notice_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var node = await new PostgreSqlTestDatabase(server, "postgres").Services().OpenAsync();
        var inbox = node.GetRequiredService<IInboxStore>();
        await CommitAsync(node, changes => changes.Record(Given.Fact("month")));

        foreach (var isCrash in (bool[])[false, true])
        {
            // Many connections, that then wait in the pool.
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => inbox.CountAsync(None)));
            await server.StopAsync(isCrash);
            await server.RestartAsync();
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => inbox.CountAsync(None)));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CommitAsync(node, changes => changes.Record(Given.Fact($"{isCrash}{i}")))));
            await server.StopAsync(isCrash);
            await server.RestartAsync();
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CommitAsync(node, changes => changes.Record(Given.Fact($"again{isCrash}{i}")))));
        }
    }

    [Fact]
    public async Task Closing_finishes_what_was_begun_and_refuses_the_rest()
    {
        var node = await Database.Services().OpenAsync();
        var writes = Enumerable.Range(0, 100).Select(i => StoreAsync(node, i)).ToList();
        var engine = node.GetRequiredService<StorageMaintenance>();

        await node.DisposeAsync();

        var outcomes = await Task.WhenAll(writes.Select(async write =>
        {
            try
            {
                await write;
                return 1;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return 0;
            }
        }));
        Assert.True(outcomes.Sum() > 0);
        Assert.Equal(outcomes.Sum(), await Database.AskAsync("SELECT count(*) FROM inbox_messages"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.OpenAsync(None));
    }

    [Theory]
    [InlineData("Database=missing", "CREATE DATABASE")]
    [InlineData("Username=nobody", "Username and Password")]
    public async Task A_refusal_of_the_server_says_what_to_do(string setting, string remedy)
    {
        using var host = HostOf($"{Database.ConnectionString};{setting}");

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(() => host.StartAsync());

        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_answers_before_its_disk_does_is_refused()
    {
        await Database.TamperAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");

        var refusal = await Assert.ThrowsAsync<StorageRefusedException>(OpenNodeAsync);

        Assert.Contains("synchronous_commit = on", refusal.Message, StringComparison.Ordinal);
        var faults = await (await Node().OpenReadOnlyAsync()).GetRequiredService<StorageMaintenance>().FaultsAsync(None);
        // The tests' server trades power cuts for speed.
        Assert.Equal(["synchronous_commit", "fsync", "full_page_writes"], faults.Select(fault => fault.Split(' ')[3]));
    }

    [Fact]
    public async Task Backups_are_left_to_the_servers_tools_which_are_named()
    {
        var maintenance = (await Node().OpenReadOnlyAsync()).GetRequiredService<StorageMaintenance>();

        var backup = await Assert.ThrowsAsync<StorageRefusedException>(() => maintenance.BackupAsync("copy.dump", None));
        var restore = Assert.Throws<StorageRefusedException>(() => maintenance.RefuseRestore("copy.dump"));

        Assert.Contains("pg_dump --format=custom --file=copy.dump --host=127.0.0.1", backup.Message, StringComparison.Ordinal);
        Assert.Contains("pg_restore --no-owner", restore.Message, StringComparison.Ordinal);
    }

    private static Task StoreAsync(IServiceProvider node, int number) =>
        node.GetRequiredService<IIntake>().StoreAsync(Given.Message(number), None);

    private static IHost HostOf(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Provider"] = "PostgreSql",
            ["Storage:ConnectionString"] = connectionString,
        });
        builder.Services.AddStorage(builder.Configuration);
        return builder.Build();
    }
}

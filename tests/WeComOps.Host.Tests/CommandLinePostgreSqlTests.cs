using System.Diagnostics;
using WeComOps.Host.Tests.Cli;
using WeComOps.Testing;

namespace WeComOps.Host.Tests;

/// <summary>The commands on a PostgreSQL server.</summary>
public sealed class CommandLinePostgreSqlTests : IAsyncLifetime
{
    private readonly WorkFolder _folder = new();
    private PostgresServer? _server;

    private PostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(isDurable: true);
        await Server.CreateDatabaseAsync("bank");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_database_is_made_filled_read_saved_and_restored()
    {
        var early = await RunAsync("audit", "verify");
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("wecomops migrate", early.Error, StringComparison.Ordinal);
        _folder.Write("customers.csv", "unionid,tier\nu1,gold\n");
        Assert.Equal(1, (await RunAsync("customers", "import", "customers.csv")).ExitCode);

        await DoneAsync("migrate");
        Assert.Contains("1 rows taken", (await DoneAsync("customers", "import", "customers.csv")).Output, StringComparison.Ordinal);
        Assert.Contains("\"week\":\"2026-W44\"", (await DoneAsync("scorecard", "--week", "2026-W44", "--format", "json")).Output, StringComparison.Ordinal);
        Assert.Empty((await DoneAsync("facts", "export", "--week", "2026-W44")).Output);
        var audit = await DoneAsync("audit", "verify");
        Assert.Contains("The audit log holds: 1 entries", audit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PostgreSQL runs with", (await RunAsync("doctor")).Error, StringComparison.Ordinal);

        // What the refusals name is run as it stands.
        await RefusedAndFollowedAsync("backup", "bank.dump");
        await RefusedAndFollowedAsync("restore", "bank.dump");
        Assert.Equal(audit.Output, (await Wecomops.RunAsync(_folder.FullName, ["audit", "verify"], environment: Naming("bank_restored"))).Output);
    }

    [Fact]
    public async Task A_file_is_refused_where_the_configuration_names_a_server()
    {
        var finished = await RunAsync("migrate", "--database", "some.db");

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("Storage:ConnectionString", finished.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("some.db")));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_message()
    {
        await Server.StopAsync();

        foreach (var command in (string[][])[["migrate"], ["doctor"], ["scorecard", "--week", "2026-W44"]])
        {
            var finished = await RunAsync(command);
            Assert.Equal(1, finished.ExitCode);
            Assert.Contains("PostgreSQL does not answer for bank at 127.0.0.1", finished.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", finished.Error, StringComparison.Ordinal);
        }
    }

    private async Task RefusedAndFollowedAsync(params string[] arguments)
    {
        var refused = await RunAsync(arguments);
        Assert.Equal(1, refused.ExitCode);
        var commands = refused.Error.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = _folder.FullName, RedirectStandardError = true };
            start.Environment["PATH"] = $"{Server.Programs}:{start.Environment["PATH"]}";
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, command + error);
        }
    }

    private async Task<Finished> DoneAsync(params string[] arguments)
    {
        var finished = await RunAsync(arguments);
        Assert.True(finished.ExitCode == 0, finished.Error);
        return finished;
    }

    private Task<Finished> RunAsync(params string[] arguments) => Wecomops.RunAsync(_folder.FullName, arguments, environment: Naming("bank"));

    private Dictionary<string, string> Naming(string database) => new(StringComparer.Ordinal)
    {
        ["Storage__Provider"] = "PostgreSql",
        ["Storage__ConnectionString"] = Server.ConnectionStringOf(database),
    };
}

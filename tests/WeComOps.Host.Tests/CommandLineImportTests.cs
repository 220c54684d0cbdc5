using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Access;
using WeComOps.Customers;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Intake;

namespace WeComOps.Host.Tests;

/// <summary>Commands that write, while a service holds the database.</summary>
public sealed class CommandLineImportTests : IAsyncLifetime
{
    private const string SaleColumns = "source,orderId,line,revision,kind,product,productLine,amount,currency,occurredAt,channel,faceToFace";
    private readonly WorkFolder _folder = new();
    private CallbackNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await CallbackNode.StartAsync(_folder.FullName);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Customers_are_imported_by_the_running_host_and_audited_there()
    {
        _folder.Write("customers.csv", "unionid,tier\nu1,白金\nu2,\nu3,私行\n");

        var finished = await _folder.RunAsync("customers", "import", "customers.csv", "--database", "wecomops.db");

        Assert.Equal((1, "2 rows taken, 1 left out."), (finished.ExitCode, finished.Output.Trim()));
        Assert.Contains("Row 2: tier is empty.", finished.Error, StringComparison.Ordinal);
        Assert.Equal("私行", (await _node.Services.GetRequiredService<ICustomerStore>().FindProfileAsync("u3", CancellationToken.None))?.Tier);
        var audited = Assert.Single(await _node.Services.GetRequiredService<IAuditStore>().LatestAsync(10, CancellationToken.None));
        Assert.Equal(("command-line", "import-customers"), (audited.Entry.Who, audited.Entry.Action));
        // By the host's clock, which stands still in November: the command's own process would have written another time.
        Assert.Equal(CallbackNode.Start, audited.Entry.At);
    }

    [Fact]
    public async Task Sales_are_imported_once_however_often_the_file_is_sent()
    {
        _folder.Write("sales.csv", SaleColumns + "\ncore,O-1,1,1,sale,稳健 90 天,理财,50000.00,CNY,2026-11-10T10:00:00+08:00,app,true\n");

        for (var again = 0; again < 2; again++)
        {
            var finished = await _folder.RunAsync("sales", "import", "sales.csv", "--database", "wecomops.db");
            Assert.Equal((0, "1 rows taken, 0 left out."), (finished.ExitCode, finished.Output.Trim()));
        }

        Assert.Equal(2, (await _node.Services.GetRequiredService<IAuditStore>().LatestAsync(10, CancellationToken.None)).Count(record => record.Entry.Action == "import-sales"));
    }

    [Fact]
    public async Task A_file_without_its_columns_is_refused_with_what_is_missing()
    {
        _folder.Write("sales.csv", "source,orderId\ncore,O-1\n");

        var finished = await _folder.RunAsync("sales", "import", "sales.csv", "--database", "wecomops.db");

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("productLine", finished.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_door_is_for_the_services_own_user_and_not_on_the_network()
    {
        // Windows has no modes: there the socket has the rights of its folder.
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PathOf("wecomops.db.sock")));
        }

        using var answer = await _node.Http.PostAsync("/imports/customers", new StringContent("unionid,tier\nu1,gold\n"));

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(await _node.Services.GetRequiredService<ICustomerStore>().FindProfileAsync("u1", CancellationToken.None));
    }

    [Fact]
    public async Task After_the_host_has_gone_the_command_does_it_itself()
    {
        await _node.DisposeAsync();
        Assert.False(File.Exists(_folder.PathOf("wecomops.db.sock")));
        // As a host that was killed leaves it.
        await File.WriteAllTextAsync(_folder.PathOf("wecomops.db.sock"), "");
        _folder.Write("customers.csv", "unionid,tier\nu1,gold\n");

        var finished = await _folder.RunAsync("customers", "import", "customers.csv", "--database", "wecomops.db");

        Assert.True(finished.ExitCode == 0, finished.Error);
        _node = await CallbackNode.StartAsync(_folder.FullName);
        Assert.NotNull(await _node.Services.GetRequiredService<ICustomerStore>().FindProfileAsync("u1", CancellationToken.None));
    }
}

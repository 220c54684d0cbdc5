using WeComOps.Host.Tests.Cli;

namespace WeComOps.Host.Tests;

/// <summary>What the program refuses, and in which words.</summary>
public sealed class CommandLineUsageTests
{
    private static readonly Dictionary<string, string> AllButTheKey = new(StringComparer.Ordinal)
    {
        ["WeCom__CorpId"] = "wwexample00000001",
        ["WeCom__AgentId"] = "1000002",
        ["WeCom__Secret"] = "secret-of-a-test",
        ["WeCom__Callback__Token"] = "TokenOfATest",
        ["WeCom__Callback__EncodingAesKey"] = "c2FuZGJveC1lbmNvZGluZy1hZXMta2V5LTAwMDAwMDE",
        ["Links__PublicBaseUrl"] = "https://link.bank.example",
        ["Links__AllowedHosts__0"] = "shop.bank.example",
        ["Sales__SigningSecret"] = "whsec_c2FuZGJveC1zYWxlcy1zaWduaW5nLWtleS0wMDAwMDE=",
        ["Urls"] = "http://127.0.0.1:0",
    };

    [Theory]
    [InlineData("nonsense")]
    [InlineData("scorecard")]
    [InlineData("demo", "--weeks", "0")]
    [InlineData("demo", "--advisors", "many")]
    [InlineData("scorecard", "--week", "2026-W44", "--format", "pdf")]
    [InlineData("scorecard", "--week", "2026-44")]
    [InlineData("facts", "export", "--week", "2026-W54")]
    [InlineData("templates", "render")]
    public async Task Wrong_usage_exits_with_2_and_points_to_the_help(params string[] arguments)
    {
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync(arguments);
        Assert.Equal(2, finished.ExitCode);
        Assert.Contains("wecomops --help", finished.Error, StringComparison.Ordinal);
        Assert.Empty(finished.Output);
    }

    [Fact]
    public async Task Serve_without_configuration_lists_every_fault_at_once_with_what_to_do()
    {
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("serve");
        Assert.Equal(1, finished.ExitCode);
        var faults = finished.Error.Split('\n').Where(line => line.StartsWith("  - ", StringComparison.Ordinal)).ToArray();
        foreach (var name in (string[])
            [
                "WeCom:CorpId", "WeCom:AgentId", "WeCom:Secret", "WeCom:Callback:Token", "WeCom:Callback:EncodingAesKey", "Links:PublicBaseUrl", "Links:AllowedHosts",
                "Sales:SigningSecret", "Access:AdministratorKey",
            ])
        {
            var fault = Assert.Single(faults, line => line.Contains(name, StringComparison.Ordinal));
            Assert.Matches("Copy|Set|List|Create|shown under", fault);
        }
    }

    [Fact]
    public async Task Serve_does_not_open_the_console_without_an_administrator_key()
    {
        using var folder = new WorkFolder();
        var finished = await Wecomops.RunAsync(folder.FullName, ["serve"], environment: AllButTheKey);
        Assert.Equal(1, finished.ExitCode);
        var fault = Assert.Single(finished.Error.Split('\n'), line => line.StartsWith("  - ", StringComparison.Ordinal));
        Assert.Contains("Access:AdministratorKey", fault, StringComparison.Ordinal);
    }
}

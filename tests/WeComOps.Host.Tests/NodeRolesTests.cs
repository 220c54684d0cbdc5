using Microsoft.Extensions.Configuration;
using WeComOps.Host.Tests.Cli;

namespace WeComOps.Host.Tests;

public sealed class NodeRolesTests
{
    [Theory]
    [InlineData("", "callback,worker,web")]
    [InlineData("Roles:0=worker", "worker")]
    [InlineData("Roles:0=callback;Roles:1=web", "callback,web")]
    [InlineData("Roles=worker", "worker")]
    [InlineData("Roles=callback, web;Roles:0=worker", "callback,web")]
    public void Roles_are_a_list_or_one_text_and_the_text_wins(string configured, string roles) =>
        Assert.Equal(roles.Split(','), NodeRoles.Read(Configuration(configured)).Names, StringComparer.Ordinal);

    [Theory]
    [InlineData("Roles=worker;Storage:Provider=PostgreSql", null)]
    [InlineData("Storage:Provider=Sqlite", null)]
    [InlineData("Roles=web,callback,worker", null)]
    [InlineData("Roles=worker,web", "Sqlite one process does everything")]
    [InlineData("Roles=wroker;Storage:Provider=PostgreSql", "'wroker' is no role")]
    public void What_cannot_work_is_refused(string configured, string? fault)
    {
        var configuration = Configuration(configured);
        var result = new NodeRoles.Validator(NodeRoles.Read(configuration), configuration).Validate(null, new NodeRoles.Checked());
        Assert.Equal(fault is null, result.Succeeded);
        if (fault is not null)
        {
            Assert.Contains(fault, Assert.Single(result.Failures!), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_role_is_reported_together_with_the_other_faults()
    {
        using var folder = new WorkFolder();
        var finished = await Wecomops.RunAsync(folder.FullName, ["serve"], environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["Roles"] = "callback,sweeper" });
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("Roles: 'sweeper' is no role", finished.Error, StringComparison.Ordinal);
        Assert.Contains("WeCom:CorpId", finished.Error, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(string settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static setting => setting.Split('=')).ToDictionary(static pair => pair[0], static pair => (string?)pair[1], StringComparer.Ordinal))
        .Build();
}

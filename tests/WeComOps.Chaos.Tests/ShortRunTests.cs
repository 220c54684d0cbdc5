using WeComOps.Chaos.Run;
using WeComOps.Primitives;

namespace WeComOps.Chaos.Tests;

/// <summary>The rig's short run: processes that are killed at random moments and at named points, then lost, doubled, stuck are looked for.</summary>
public sealed class ShortRunTests(ITestOutputHelper output)
{
    [Fact]
    public Task One_node_on_SQLite_loses_doubles_and_leaves_nothing() => HoldsAsync(ChaosPlan.Short(ChaosEngine.Sqlite, nodes: 1, seed: 20261122));

    [Fact]
    public Task Three_nodes_on_PostgreSQL_lose_double_and_leave_nothing() => HoldsAsync(ChaosPlan.Short(ChaosEngine.Postgres, nodes: 3, seed: 20261122));

    private async Task HoldsAsync(ChaosPlan plan)
    {
        var result = await new ChaosRun(plan, TimeProvider.System, output.WriteLine).RunAsync();
        output.WriteLine(Report.Write(result));
        Assert.Empty(result.Violations);
        Assert.True(result.Tally.Kills >= 3, $"only {result.Tally.Kills} kills: the machine was too slow for the run to say anything");
        Assert.True(result.Evidence.Acknowledged.Count >= 200, "hardly any callback was acknowledged");
        Assert.Contains(Milestone.All, milestone => Report.Deaths(result, milestone) > 0);
    }
}

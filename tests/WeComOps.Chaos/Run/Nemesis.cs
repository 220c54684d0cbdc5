using WeComOps.Chaos.Load;
using WeComOps.Chaos.Nodes;
using WeComOps.Primitives;

namespace WeComOps.Chaos.Run;

/// <summary>
/// Ends and hinders processes until there were enough kills or the time is over: SIGKILL at random moments, during the start
/// too; SIGKILL exactly at a named milestone; and, at even distances between, what <see cref="Hindrances"/> does.
/// </summary>
internal sealed class Nemesis(ChaosPlan plan, Cluster cluster, Hindrances hindrances, Dice dice, Tally tally, TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(1200);

    /// <summary>Per cent of the ends at a random moment that are a SIGTERM.</summary>
    private const int Orderly = 15;
    private static readonly TimeSpan TrapPatience = TimeSpan.FromSeconds(2.5);

    /// <summary>Reached soon after a first start, then seldom: jobs and the first look at WeCom's lists.</summary>
    private static string[] First => [Milestone.JobRan, Milestone.PageHealed];

    /// <summary>Reached in ordinary work; the others need an outage.</summary>
    private static readonly string[] Points = [.. Milestone.All.Except(Hindrances.Points, StringComparer.Ordinal).Except(First, StringComparer.Ordinal)];

    /// <summary>Starts the nodes; one dies in its first job and in its first page before all are up.</summary>
    public async Task BeginAsync()
    {
        var node = cluster.Nodes[0];
        foreach (var milestone in First)
        {
            await cluster.StartAsync(node, milestone);
            await cluster.EndsAsync(node, plan.FirstPatience);
            await cluster.KillAsync(node);
        }

        await Task.WhenAll(cluster.Nodes.Select(other => cluster.StartAsync(other)));
    }

    public async Task RunAsync()
    {
        var began = clock.GetTimestamp();
        var others = hindrances.Plan();
        var done = 0;
        var told = began;
        while (tally.Kills < plan.Kills && clock.GetElapsedTime(began) < plan.Longest)
        {
            if (done < others.Count && (IsDue((double)tally.Kills / plan.Kills) || IsDue(clock.GetElapsedTime(began) / plan.Longest)))
            {
                await others[done++]();
            }

            var free = cluster.Nodes.Where(node => !hindrances.Has(node)).ToArray();
            await StrikeAsync(free[dice.Below(free.Length)]);
            if (clock.GetElapsedTime(told) > TimeSpan.FromSeconds(30))
            {
                told = clock.GetTimestamp();
                say($"{clock.GetElapsedTime(began).TotalSeconds:0} s: {tally.Kills} kills, {tally.Milestones.Values.Sum()} of them at milestones");
            }
        }

        await hindrances.EndAsync();
        foreach (var node in cluster.Nodes)
        {
            // Also one whose trap is still set: from here on nothing hinders. The others end in order, as at the end of a shift.
            await (node.Trap is null ? cluster.StopAsync(node) : cluster.KillAsync(node));
            await cluster.StartAsync(node);
        }

        bool IsDue(double share) => share > (done + 1.0) / (others.Count + 1);
    }

    /// <summary>One kill of one node, which is up again when this returns, or dead in its trap.</summary>
    private async Task StrikeAsync(Node node)
    {
        if (node.Trap is null)
        {
            await Task.Delay(dice.Between(TimeSpan.Zero, Life), clock);
        }
        else
        {
            await cluster.EndsAsync(node, TrapPatience);
        }

        if (node.Trap is null && dice.Percent(Orderly))
        {
            await cluster.StopAsync(node);
            await cluster.StartAsync(node);
            return;
        }

        await cluster.KillAsync(node);
        if (dice.Percent(10))
        {
            // During the start: the schema, the lock, the first round.
            node.Start();
            await Task.Delay(dice.Between(TimeSpan.FromMilliseconds(80), Life), clock);
            tally.KillsAtStart++;
            await cluster.KillAsync(node);
        }

        if (dice.Percent(50))
        {
            await cluster.StartAsync(node, Points[dice.Below(Points.Length)], hits: 1 + dice.Below(5));
        }
        else
        {
            await cluster.StartAsync(node);
        }
    }
}

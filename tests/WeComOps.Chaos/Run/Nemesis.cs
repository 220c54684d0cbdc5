using WeComOps.Chaos.Nodes;
using WeComOps.Primitives;

namespace WeComOps.Chaos.Run;

/// <summary>
/// Ends and hinders processes until there were enough kills or the time is over: SIGKILL at random moments, during the start
/// too; SIGKILL exactly at a named milestone; SIGSTOP and SIGCONT; starving in bursts; the database's server stopped at once.
/// </summary>
internal sealed class Nemesis(ChaosPlan plan, IReadOnlyList<Node> nodes, IDatabase database, Dice dice, Tally tally, TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(1300);
    private static readonly TimeSpan TrapPatience = TimeSpan.FromSeconds(4);

    public async Task RunAsync()
    {
        var began = clock.GetTimestamp();
        // Pauses and stops of the database come at even distances between the kills.
        var others = Others().ToArray();
        var done = 0;
        var told = began;
        while (tally.Kills < plan.Kills && clock.GetElapsedTime(began) < plan.Longest)
        {
            var due = plan.Kills == 0 ? 0 : others.Length * (tally.Kills + 1) / (plan.Kills + 1);
            if (done < due || (done < others.Length && clock.GetElapsedTime(began) > plan.Longest * (done + 1) / (others.Length + 1)))
            {
                await others[done++]();
            }

            await StrikeAsync(nodes[dice.Below(nodes.Count)]);
            if (clock.GetElapsedTime(told) > TimeSpan.FromSeconds(30))
            {
                told = clock.GetTimestamp();
                say($"{clock.GetElapsedTime(began).TotalSeconds:0} s: {tally.Kills} kills, {tally.Milestones.Values.Sum()} of them at milestones");
            }
        }

        foreach (var node in nodes.Where(node => !node.IsRunning))
        {
            node.Start();
        }

        foreach (var node in nodes)
        {
            await ReadyAsync(node);
        }
    }

    private IEnumerable<Func<Task>> Others()
    {
        foreach (var pause in plan.Pauses)
        {
            yield return () => PauseAsync(nodes[dice.Below(nodes.Count)], pause);
            yield return () => StarveAsync(nodes[dice.Below(nodes.Count)]);
        }

        for (var stop = 0; stop < plan.DatabaseStops; stop++)
        {
            yield return StopDatabaseAsync;
        }
    }

    /// <summary>One kill of one node, which is up again, or on its way, when this returns.</summary>
    private async Task StrikeAsync(Node node)
    {
        if (dice.Percent(45))
        {
            await KillAtMilestoneAsync(node, Milestone.All[dice.Below(Milestone.All.Count)]);
        }
        else if (dice.Percent(12))
        {
            // During the start: the schema, the lock, the first round.
            await KillAsync(node);
            node.Start();
            await Task.Delay(dice.Between(Brief, Life), clock);
            if (node.IsRunning)
            {
                tally.KillsAtStart++;
            }

            await KillAsync(node);
            node.Start();
            await ReadyAsync(node);
        }
        else
        {
            await Task.Delay(dice.Between(TimeSpan.Zero, Life), clock);
            await KillAsync(node);
            node.Start();
            await ReadyAsync(node);
        }
    }

    private async Task KillAtMilestoneAsync(Node node, string milestone)
    {
        await KillAsync(node);
        node.Start(milestone, hits: 1 + dice.Below(12));
        using var patience = new CancellationTokenSource(TrapPatience, clock);
        try
        {
            await node.ExitAsync(patience.Token);
            var sprung = await node.SprungAsync();
            var before = tally.Milestones.GetValueOrDefault(node.Name + milestone);
            if (sprung.Count(hit => hit == milestone) > before)
            {
                tally.Milestones[node.Name + milestone] = before + 1;
                tally.Kills++;
            }
            else
            {
                tally.Misbehaviour.Enqueue($"{node.Name} ended by itself with {node.ExitCode}");
            }
        }
        catch (OperationCanceledException)
        {
            // The point was not reached in time; the next kill ends this life.
            return;
        }

        node.Start();
        await ReadyAsync(node);
    }

    private async Task KillAsync(Node node)
    {
        if (!node.IsRunning)
        {
            Notice(node);
            return;
        }

        await node.KillAsync();
        tally.Kills++;
    }

    private async Task ReadyAsync(Node node)
    {
        var began = clock.GetTimestamp();
        if (await node.ReadyAsync(CancellationToken.None))
        {
            tally.StartTimes.Add(clock.GetElapsedTime(began));
            return;
        }

        Notice(node);
        // Once more: whether it comes back is what matters to the rest of the run.
        node.Start();
        await node.ReadyAsync(CancellationToken.None);
    }

    private void Notice(Node node)
    {
        if (node.Starts > 0)
        {
            tally.Misbehaviour.Enqueue($"{node.Name} ended by itself with {node.ExitCode}");
        }
    }

    private async Task PauseAsync(Node node, TimeSpan pause)
    {
        if (node.Signal(Signals.Stop))
        {
            say($"{node.Name} is stopped for {pause.TotalSeconds:0} s");
            await Task.Delay(pause, clock);
            node.Signal(Signals.Continue);
            tally.Fault($"SIGSTOP for {pause.TotalSeconds:0} s");
            // What it does when it wakes is the point: no kill right now.
            await Task.Delay(TimeSpan.FromSeconds(3), clock);
        }
    }

    private async Task StarveAsync(Node node)
    {
        for (var burst = 0; burst < 12; burst++)
        {
            node.Signal(Signals.Stop);
            await Task.Delay(dice.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)), clock);
            node.Signal(Signals.Continue);
            await Task.Delay(dice.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(80)), clock);
        }

        tally.Fault("starved for 4 s");
    }

    private async Task StopDatabaseAsync()
    {
        await database.StopAsync();
        say("the database is stopped");
        await Task.Delay(dice.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)), clock);
        await database.StartAsync();
        tally.Fault("database stopped at once");
    }
}

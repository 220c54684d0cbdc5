using System.Data.Common;
using WeComOps.Chaos.Load;
using WeComOps.Chaos.Nodes;
using WeComOps.Primitives;

namespace WeComOps.Chaos.Run;

/// <summary>What hinders nodes without killing them: SIGSTOP and SIGCONT, starving in bursts, a store that does not answer, a full spill.</summary>
internal sealed class Hindrances(ChaosPlan plan, Cluster cluster, IDatabase database, Traffic traffic, Dice dice, Tally tally, TimeProvider clock, Action<string> say)
{
    /// <summary>Milestones that only a store that does not answer leads to.</summary>
    public static readonly IReadOnlyList<string> Points = [Milestone.CallbackSpilled, Milestone.SpillReplayed];

    private Node? _held;
    private Task _holding = Task.CompletedTask;

    /// <summary>In the order in which they come.</summary>
    public IReadOnlyList<Func<Task>> Plan()
    {
        var steps = new List<Func<Task>>();
        for (var turn = 0; turn < Math.Max(plan.Pauses.Count, plan.Outages); turn++)
        {
            if (turn < plan.Outages)
            {
                var number = turn;
                steps.Add(() => OutageAsync(number));
            }

            if (turn < plan.Pauses.Count)
            {
                var pause = plan.Pauses[turn];
                steps.Add(() => PauseAsync(pause));
                steps.Add(StarveAsync);
            }
        }

        return steps;
    }

    /// <summary>The node is stopped right now: it can be neither killed nor started.</summary>
    public bool Has(Node node) => _held == node;

    public Task EndAsync() => _holding;

    /// <summary>With several nodes the others go on being killed meanwhile, and one of them takes over.</summary>
    private async Task PauseAsync(TimeSpan pause)
    {
        await _holding;
        var node = await LeaderAsync() ?? cluster.Nodes[dice.Below(cluster.Nodes.Count)];
        if (node.Trap is not null || !node.IsRunning)
        {
            await cluster.KillAsync(node);
            await cluster.StartAsync(node);
        }

        _holding = HoldAsync(node, pause);
        if (cluster.Nodes.Count == 1)
        {
            await _holding;
        }
    }

    private async Task HoldAsync(Node node, TimeSpan pause)
    {
        if (!node.Signal(Signals.Stop))
        {
            return;
        }

        _held = node;
        say($"{node.Name} is stopped for {pause.TotalSeconds:0} s");
        var before = await EpochAsync();
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < pause)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock);
            if (before is not null && await EpochAsync() is { } now && now > before)
            {
                tally.Takeovers.Add(clock.GetElapsedTime(began));
                before = null;
            }
        }

        node.Signal(Signals.Continue);
        tally.Hindrances.Enqueue(new Disturbance(clock.GetUtcNow() - clock.GetElapsedTime(began), clock.GetUtcNow() + TimeSpan.FromSeconds(3), Rounds: 3));
        tally.Fault($"SIGSTOP for {pause.TotalSeconds:0} s");
        // What it does when it wakes is the point: it is left alone for a while.
        await Task.Delay(TimeSpan.FromSeconds(3), clock);
        _held = null;
    }

    private async Task StarveAsync()
    {
        await _holding;
        var node = cluster.Nodes[dice.Below(cluster.Nodes.Count)];
        var began = clock.GetUtcNow();
        for (var burst = 0; burst < 10; burst++)
        {
            node.Signal(Signals.Stop);
            await Task.Delay(dice.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)), clock);
            node.Signal(Signals.Continue);
            await Task.Delay(dice.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(80)), clock);
        }

        tally.Hindrances.Enqueue(new Disturbance(began, clock.GetUtcNow(), Rounds: 3));
        tally.Fault("starved for 3 s");
    }

    /// <summary>In turn: a node dies when it has spilled, one dies when it has replayed, the spill is filled to its limit.</summary>
    private async Task OutageAsync(int number)
    {
        await _holding;
        var node = cluster.Nodes[dice.Below(cluster.Nodes.Count)];
        await cluster.KillAsync(node);
        await cluster.StartAsync(node, number % 3 < 2 ? Points[number % 3] : null, hits: 1);
        traffic.Large = number % 3 == 2;
        say($"the store is away ({(number % 3) switch { 0 => "one dies when it has spilled", 1 => "one dies when it has replayed", _ => "the spill is filled" }})");
        cluster.StoreIsAway = true;
        var began = clock.GetUtcNow();
        await database.StopAsync();
        await cluster.EndsAsync(node, dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8)));
        if (!node.IsRunning)
        {
            await cluster.AccountAsync(node);
            node.Start();
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
        }

        await database.StartAsync();
        traffic.Large = false;
        tally.Fault(number % 3 == 2 ? "store away, spill filled" : "store away");
        await cluster.EndsAsync(node, TimeSpan.FromSeconds(4));
        if (!node.IsRunning)
        {
            await cluster.AccountAsync(node);
            await cluster.StartAsync(node);
        }

        foreach (var other in cluster.Nodes.Where(other => !other.IsRunning))
        {
            await cluster.AccountAsync(other);
            await cluster.StartAsync(other);
        }

        cluster.StoreIsAway = false;
        tally.Hindrances.Enqueue(new Disturbance(began, clock.GetUtcNow(), Rounds: 3));
    }

    /// <summary>The node that sends; null when the store does not say.</summary>
    private async Task<Node?> LeaderAsync()
    {
        var holder = await ReadAsync("SELECT node FROM duties WHERE duty = 'outbox'", row => row.GetString(0));
        return cluster.Nodes.FirstOrDefault(node => holder?.Contains(FormattableString.Invariant($"/{node.ProcessId}/"), StringComparison.Ordinal) == true);
    }

    private async Task<long?> EpochAsync() => await ReadAsync("SELECT epoch FROM duties WHERE duty = 'outbox'", row => (long?)row.GetInt64(0));

    private async Task<T?> ReadAsync<T>(string sql, Func<DbDataReader, T> map)
    {
        try
        {
            await using var connection = await database.ConnectAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this file's own.
            command.CommandText = sql;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync() ? map(reader) : default;
        }
        catch (DbException)
        {
            // Who leads only decides whom to stop; a store that does not say leaves it to the dice.
            return default;
        }
    }
}

using WeComOps.Chaos.Checks;
using WeComOps.Chaos.Run;

namespace WeComOps.Chaos.Nodes;

/// <summary>Starts and ends nodes and keeps account of how they ended.</summary>
internal sealed class Cluster(IReadOnlyList<Node> nodes, IDatabase database, Tally tally, TimeProvider clock)
{
    /// <summary>Longer than any call that is under way, and than the host waits for its parts.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(40);

    private readonly Dictionary<Node, int> _sprung = [];

    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>Without the store a node may end at its start; whoever runs it starts it again.</summary>
    public bool StoreIsAway { get; set; }

    /// <summary>SIGKILL; what ended before by itself, or in its trap, is accounted for as that.</summary>
    public async Task KillAsync(Node node)
    {
        if (node.IsRunning)
        {
            await node.KillAsync();
            if (!await AccountForTrapAsync(node))
            {
                tally.Kills++;
                Die(node);
            }
        }
        else
        {
            await AccountAsync(node);
        }
    }

    /// <summary>SIGTERM: the process must end in order, and nothing may wait for what it held to run out.</summary>
    public async Task StopAsync(Node node)
    {
        if (!node.Signal(Signals.Terminate))
        {
            await AccountAsync(node);
            return;
        }

        if (!await EndsAsync(node, LongestStop))
        {
            tally.Misbehaviour.Enqueue($"{node.Name} (process {node.ProcessId}) did not stop within {LongestStop.TotalSeconds} s");
            await KillAsync(node);
            return;
        }

        if (await AccountForTrapAsync(node))
        {
            return;
        }

        tally.GracefulStops++;
        if (node.ExitCode != 0)
        {
            tally.Misbehaviour.Enqueue($"{node.Name} (process {node.ProcessId}) was asked to stop and ended with {node.ExitCode}");
        }

        foreach (var (what, count) in await StoreImage.HeldAsync(database, node.ProcessId, node.BeganAt, isAlone: nodes.Count == 1, clock.GetUtcNow()))
        {
            tally.Misbehaviour.Enqueue($"{node.Name} (process {node.ProcessId}) stopped in order and left {count} {what}");
        }
    }

    /// <summary>Starts the node and waits until it answers or has died in its trap.</summary>
    public async Task StartAsync(Node node, string? milestone = null, int hits = 1)
    {
        var began = clock.GetTimestamp();
        node.Start(milestone, hits);
        if (await node.ReadyAsync(CancellationToken.None))
        {
            tally.StartTimes.Add(clock.GetElapsedTime(began));
        }
    }

    /// <summary>True when the node's process ends within the time, as one does whose trap is reached.</summary>
    public async Task<bool> EndsAsync(Node node, TimeSpan patience)
    {
        using var over = new CancellationTokenSource(patience, clock);
        try
        {
            await node.ExitAsync(over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Says why a process that is gone is gone.</summary>
    public async Task AccountAsync(Node node)
    {
        if (await AccountForTrapAsync(node))
        {
            return;
        }

        if (StoreIsAway)
        {
            tally.Fault("ended without the store");
            Die(node);
        }
        else
        {
            tally.Misbehaviour.Enqueue($"{node.Name} (process {node.ProcessId}) ended by itself with {node.ExitCode}");
        }
    }

    private void Die(Node node) => tally.Deaths.Enqueue(new Death(node.Name, node.EndedAt));

    private async Task<bool> AccountForTrapAsync(Node node)
    {
        var sprung = await node.SprungAsync();
        if (sprung == _sprung.GetValueOrDefault(node))
        {
            return false;
        }

        _sprung[node] = sprung;
        Die(node);
        tally.Milestones[node.Trap!] = tally.Milestones.GetValueOrDefault(node.Trap!) + 1;
        tally.Kills++;
        return true;
    }
}

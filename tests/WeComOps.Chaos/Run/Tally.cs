using System.Collections.Concurrent;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Run;

/// <summary>What the run did to the nodes.</summary>
internal sealed class Tally
{
    public int Kills { get; set; }

    public int KillsAtStart { get; set; }

    /// <summary>Deaths by milestone.</summary>
    public ConcurrentDictionary<string, int> Milestones { get; } = new();

    public ConcurrentDictionary<string, int> Faults { get; } = new();

    public List<TimeSpan> StartTimes { get; } = [];

    /// <summary>From a stop of the node that sends until another has its duty.</summary>
    public List<TimeSpan> Takeovers { get; } = [];

    /// <summary>Refused work of nodes that had lost a duty without knowing.</summary>
    public int FencesLost { get; set; }

    /// <summary>What nodes must not do, such as end by themselves.</summary>
    public ConcurrentQueue<string> Misbehaviour { get; } = new();

    /// <summary>Processes that were ended by SIGTERM and went orderly.</summary>
    public int GracefulStops { get; set; }

    public ConcurrentQueue<Death> Deaths { get; } = new();

    /// <summary>Everything but deaths that may have spoiled calls.</summary>
    public ConcurrentQueue<Disturbance> Hindrances { get; } = new();

    /// <summary>Everything that may have spoiled calls.</summary>
    public IReadOnlyList<Disturbance> Disturbances => [.. Deaths.Select(death => new Disturbance(death.At, death.At, Rounds: 1)).Concat(Hindrances).OrderBy(one => one.To)];

    public void Fault(string name) => Effects.Count(Faults, name);
}

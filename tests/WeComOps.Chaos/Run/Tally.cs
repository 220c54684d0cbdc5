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

    public void Fault(string name) => Effects.Count(Faults, name);
}

using WeComOps.Chaos.Load;
using WeComOps.Chaos.Run;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Checks;

/// <summary>Everything a verdict rests on, as values: what was sent and acknowledged, what WeCom did, what the store holds.</summary>
/// <param name="Messages">How often WeCom sent what to an advisor, by task id or content.</param>
/// <param name="PlannedMessages">Id and content of each planned message.</param>
internal sealed record Evidence(
    IReadOnlyCollection<SentEvent> Sent, IReadOnlyCollection<SentEvent> Acknowledged, IReadOnlyCollection<CreatedPush> Pushes,
    IReadOnlyDictionary<string, int> Messages, IReadOnlyDictionary<string, string> PlannedMessages, StoreImage Store, DateTimeOffset At)
{
    /// <summary>Creating calls that reached WeCom, by what tells them apart.</summary>
    public IReadOnlyDictionary<string, CallSeen> Asked { get; init; } = new Dictionary<string, CallSeen>(StringComparer.Ordinal);

    /// <summary>In the order of their ends.</summary>
    public IReadOnlyList<Disturbance> Disturbances { get; init; } = [];

    public IReadOnlyList<AnsweredClick> Clicks { get; init; } = [];

    public IReadOnlyList<Death> Deaths { get; init; } = [];
}

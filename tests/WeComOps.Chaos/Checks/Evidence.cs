using WeComOps.Chaos.Load;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Checks;

/// <summary>Everything a verdict rests on, as values: what was sent and acknowledged, what WeCom did, what the store holds.</summary>
/// <param name="Messages">How often WeCom sent what to an advisor, by task id or content.</param>
/// <param name="PlannedMessages">Id and content of each planned message.</param>
internal sealed record Evidence(
    IReadOnlyCollection<SentEvent> Sent, IReadOnlyCollection<SentEvent> Acknowledged, IReadOnlyCollection<CreatedPush> Pushes,
    IReadOnlyDictionary<string, int> Messages, IReadOnlyDictionary<string, string> PlannedMessages, StoreImage Store, DateTimeOffset At);

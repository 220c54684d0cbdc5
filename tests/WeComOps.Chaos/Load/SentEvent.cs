namespace WeComOps.Chaos.Load;

/// <summary>A callback with what must follow from it.</summary>
/// <param name="Id">SHA-256 of the message, as the product computes it.</param>
/// <param name="Kind">For the table.</param>
/// <param name="Facts">Natural keys of the facts it must lead to, each exactly once.</param>
/// <param name="Cards">Task ids of the cards to advisors it must lead to, each at most once.</param>
/// <param name="Handlers">How many handlers it must be routed to.</param>
/// <param name="Burst">Number of the burst of one second it belongs to, or null.</param>
internal sealed record SentEvent(
    int Number, string Id, string Kind, string Xml, IReadOnlyList<string> Facts, IReadOnlyList<string> Cards, int Handlers, int? Burst);

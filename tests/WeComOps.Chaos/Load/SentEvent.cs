namespace WeComOps.Chaos.Load;

/// <summary>A callback with what must follow from it.</summary>
/// <param name="Id">SHA-256 of the message, as the product computes it.</param>
/// <param name="Kind">For the table.</param>
/// <param name="Facts">Natural keys of the facts it must lead to, each exactly once.</param>
/// <param name="Cards">Task ids of the cards to advisors it must lead to, each at most once.</param>
/// <param name="Handlers">How many handlers it must be routed to.</param>
/// <param name="Burst">Number of the burst of one second it belongs to, or null.</param>
internal sealed record SentEvent(
    int Number, string Id, string Kind, string Xml, IReadOnlyList<string> Facts, IReadOnlyList<string> Cards, int Handlers, int? Burst)
{
    /// <summary>Facts that it may lead to: whether it does depends on which of two events WeCom's answer to the other already shows.</summary>
    public IReadOnlyList<string> Perhaps { get; init; } = [];

    /// <summary>Who left which group when, in the words of the facts; null: nobody.</summary>
    public GroupExit? Exit { get; init; }
}

/// <summary>A member who leaves a group. Known or not, they are out in the end, and left once if they were known.</summary>
/// <param name="Joined">The fact of their joining.</param>
/// <param name="Left">The fact of their leaving, with its time.</param>
/// <param name="Unseen">The fact that a look records when it misses them before the event comes; it is taken back then.</param>
internal sealed record GroupExit(string Joined, string Left, string Unseen);

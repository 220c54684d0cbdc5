namespace WeComOps.Chaos.Run;

/// <summary>Something of the rig's that may have cut calls off or kept answers from being recorded.</summary>
/// <param name="Rounds">How many rounds of calls it may have spoiled: in a round one push is called, and up to eight messages.</param>
internal sealed record Disturbance(DateTimeOffset From, DateTimeOffset To, int Rounds);

/// <summary>A process that ended without having been asked to.</summary>
internal sealed record Death(string Node, DateTimeOffset At);

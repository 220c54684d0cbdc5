namespace WeComOps.Sandbox.Bank;

/// <summary>A person the bank knows, friend of an advisor or not yet.</summary>
internal sealed record Customer(int Index, string ExternalUserId, string UnionId, string Name, int Gender)
{
    public required string Tier { get; init; }

    public required string AgeBand { get; init; }

    public required string Segment { get; init; }

    public required string LifeCycle { get; init; }

    public required bool Payroll { get; init; }

    public required string RiskLevel { get; init; }

    public required bool Valuable { get; init; }

    /// <summary>Topic the person likes to ask about.</summary>
    public required string Interest { get; init; }

    /// <summary>Friendships with advisors, oldest first.</summary>
    public List<Friendship> Advisors { get; } = [];

    public HashSet<string> Tags { get; } = new(StringComparer.Ordinal);
}

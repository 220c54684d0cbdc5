namespace WeComOps.Sandbox.Bank;

/// <summary>A customer followed by an advisor.</summary>
/// <param name="Since">When the advisor added the customer, UTC+8.</param>
/// <param name="OperUserId">Who started it: the advisor's userid, the external userid, or another member who assigned it (WeCom doc 92114).</param>
/// <param name="AddWay">WeCom's add_way number.</param>
internal sealed record Friendship(Advisor Advisor, Customer Customer, DateTimeOffset Since, string OperUserId, int AddWay)
{
    /// <summary>When the customer deleted the advisor; the one-way relation stays visible to the API.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>Whether the advisor deleted the customer: the API then shows nothing any more.</summary>
    public bool RemovedByAdvisor { get; set; }

    /// <summary>Whether a reaction of this customer that ends the friendship is already on its way.</summary>
    public bool Leaving { get; set; }

    /// <summary>Corp tags that this advisor gave the customer.</summary>
    public HashSet<string> Tags { get; } = new(StringComparer.Ordinal);

    public bool Active => LostAt is null && !RemovedByAdvisor;

    public bool InitiatedByAdvisor => OperUserId == Advisor.UserId && AddWay is not (201 or 202);
}

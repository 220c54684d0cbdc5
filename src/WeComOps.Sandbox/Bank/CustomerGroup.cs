namespace WeComOps.Sandbox.Bank;

/// <summary>A customer group (客户群) and everybody in it.</summary>
internal sealed class CustomerGroup(string chatId, string name, Advisor owner, DateTimeOffset createdAt)
{
    public string ChatId { get; } = chatId;

    public string Name { get; } = name;

    public Advisor Owner { get; } = owner;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public List<GroupMember> Members { get; } = [];

    /// <summary>Number of changes of the member list; WeCom's member_version is made of it.</summary>
    public int Version { get; set; }

    /// <summary>Mass messages received per month (year * 12 + month), for WeCom's cap.</summary>
    public Dictionary<int, int> MassMessages { get; } = [];

    public bool Has(Customer customer) => Members.Exists(member => member.Customer == customer);
}

/// <summary>One customer in a group.</summary>
/// <param name="JoinScene">1 invited, 2 by invitation link, 3 by the join code (WeCom doc 92122).</param>
/// <param name="State">State of the join way, when joined by its code.</param>
internal sealed record GroupMember(Customer Customer, DateTimeOffset At, int JoinScene, string? State);

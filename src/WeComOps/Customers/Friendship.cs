namespace WeComOps.Customers;

/// <summary>A customer as the bank knows them, keyed by unionid; set by the customers import.</summary>
public sealed record CustomerProfile(
    string UnionId, string Tier, string? AgeBand, string? Segment, string? LifeCycle, bool? Payroll, string? RiskLevel);

/// <summary>A WeCom external contact.</summary>
/// <param name="Name">Shown on screens to those who may see it; never logged.</param>
public sealed record Customer(string Id, string Name, string? UnionId);

/// <summary>An advisor and a customer who are, or were, friends.</summary>
/// <param name="Since">UTC, as WeCom says.</param>
/// <param name="LostAt">UTC when the customer or the advisor ended it.</param>
public sealed record Friendship(
    string Advisor, string Customer, DateTimeOffset Since, int AddWay, string? OperUserId, string? State, DateTimeOffset? LostAt);

/// <summary>A customer of an advisor with what the bank knows.</summary>
public sealed record KnownCustomer(string Id, string Name, string? UnionId, string? Tier, DateTimeOffset Since);

public interface ICustomerStore
{
    Task<Friendship?> FindFriendshipAsync(string advisor, string customer, CancellationToken cancellationToken);

    /// <summary>Current friends of the advisor whose name is exactly this; most recent first.</summary>
    Task<IReadOnlyList<KnownCustomer>> FindByNameAsync(string advisor, string name, int limit, CancellationToken cancellationToken);

    /// <summary>Tier by the bank's list, null when unknown.</summary>
    Task<string?> TierAsync(string customer, CancellationToken cancellationToken);

    /// <summary>Tiers of many customers; those unknown are absent.</summary>
    Task<IReadOnlyDictionary<string, string>> TiersAsync(IReadOnlyCollection<string> customers, CancellationToken cancellationToken);

    /// <summary>What the bank's list says of a unionid.</summary>
    Task<CustomerProfile?> FindProfileAsync(string unionId, CancellationToken cancellationToken);

    /// <summary>The external id that carries this unionid.</summary>
    Task<string?> FindByUnionIdAsync(string unionId, CancellationToken cancellationToken);

    /// <summary>Advisors the customer is friends with at the moment.</summary>
    Task<IReadOnlyList<Friendship>> FriendshipsOfAsync(string customer, CancellationToken cancellationToken);

    Task<Customer?> FindAsync(string customer, CancellationToken cancellationToken);

    Task<IReadOnlyList<(string Advisor, int Friends)>> CountByAdvisorAsync(CancellationToken cancellationToken);
}

/// <summary>A customer group.</summary>
/// <param name="Instruction">The group-building instruction it fulfils, if any.</param>
public sealed record CustomerGroup(
    string ChatId, string Name, string Owner, DateTimeOffset CreatedAt, string MemberVersion, bool Dismissed, string? Instruction);

public sealed record GroupMembership(string ChatId, string Customer, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt, string? State);

public interface IGroupStore
{
    Task<CustomerGroup?> FindAsync(string chatId, CancellationToken cancellationToken);

    Task<IReadOnlyList<CustomerGroup>> ListAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<GroupMembership>> MembersAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Memberships, past ones too, of a customer in groups owned by the advisor.</summary>
    Task<IReadOnlyList<GroupMembership>> MembershipsAsync(string owner, string customer, CancellationToken cancellationToken);

    Task<JoinCode?> FindJoinCodeAsync(string state, CancellationToken cancellationToken);

    Task<JoinCode?> FindJoinCodeOfAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Join codes whose QR code has not been read yet.</summary>
    Task<IReadOnlyList<JoinCode>> UnreadyJoinCodesAsync(CancellationToken cancellationToken);
}

/// <summary>A join code of a group, made for an instruction.</summary>
/// <param name="State">At most 30 characters; comes back with each member who used the code.</param>
/// <param name="QrCode">Null until read.</param>
public sealed record JoinCode(string State, string ChatId, string Advisor, string Instruction, string? ConfigId, string? QrCode);

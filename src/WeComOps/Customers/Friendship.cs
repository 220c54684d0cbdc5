namespace WeComOps.Customers;

/// <summary>A customer as the bank knows them, keyed by unionid; set by the customers import.</summary>
public sealed record CustomerProfile(
    string UnionId, string Tier, string? AgeBand, string? Segment, string? LifeCycle, bool? Payroll, string? RiskLevel);

/// <summary>A WeCom external contact.</summary>
/// <param name="Name">Shown on screens to those who may see it; never logged.</param>
public sealed record Customer(string Id, string Name, string? UnionId);

/// <summary>
/// An advisor and a customer who are, or were, friends. Stored so that order does not matter: the latest addition and the
/// latest ending are kept, and who was added after the ending is a friend.
/// </summary>
/// <param name="Since">UTC, as WeCom says; <see cref="SinceUnknown"/> where only the ending was seen.</param>
/// <param name="LostAt">UTC when the customer or the advisor ended it, at the latest.</param>
public sealed record Friendship(
    string Advisor, string Customer, DateTimeOffset Since, int AddWay, string? OperUserId, string? State, DateTimeOffset? LostAt)
{
    public static readonly DateTimeOffset SinceUnknown = DateTimeOffset.UnixEpoch;

    /// <summary>Counts the writes; a friendship is written only as it was read. 0: not known when it was decided.</summary>
    public long Revision { get; init; }

    public bool IsSinceKnown => Since > SinceUnknown;
}

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

    /// <summary>All friendships, past ones too, between these advisors and these customers (at most some hundred of each).</summary>
    Task<IReadOnlyList<Friendship>> FriendshipsAmongAsync(
        IReadOnlyCollection<string> advisors, IReadOnlyCollection<string> customers, CancellationToken cancellationToken);

    /// <summary>Present friends of the advisor, at most some 20,000.</summary>
    Task<IReadOnlyList<Friendship>> FriendsOfAsync(string advisor, CancellationToken cancellationToken);

    /// <summary>Those of the customers that are known.</summary>
    Task<IReadOnlyList<Customer>> FindManyAsync(IReadOnlyCollection<string> customers, CancellationToken cancellationToken);

    /// <summary>What the bank's list says of these unionids.</summary>
    Task<IReadOnlyList<CustomerProfile>> FindProfilesAsync(IReadOnlyCollection<string> unionIds, CancellationToken cancellationToken);
}

/// <summary>A customer group.</summary>
/// <param name="Instruction">The group-building instruction it fulfils, if any.</param>
public sealed record CustomerGroup(
    string ChatId, string Name, string Owner, DateTimeOffset CreatedAt, string MemberVersion, bool Dismissed, string? Instruction)
{
    /// <summary>
    /// Counts the writes of the group and of who is in it; both are written only as they were read, so members never without their
    /// group. 0: not known when it was decided.
    /// </summary>
    public long Revision { get; init; }
}

public sealed record GroupMembership(string ChatId, string Customer, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt, string? State);

public interface IGroupStore
{
    Task<CustomerGroup?> FindAsync(string chatId, CancellationToken cancellationToken);

    Task<IReadOnlyList<CustomerGroup>> ListAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<GroupMembership>> MembersAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Groups of these owners, dismissed ones too.</summary>
    Task<IReadOnlyList<CustomerGroup>> OfOwnersAsync(IReadOnlyCollection<string> owners, CancellationToken cancellationToken);

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

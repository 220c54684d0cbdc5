using System.Globalization;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>
/// The facts of a friendship. A callback and a list lead through here alike, so that the same thing has the same id whoever
/// brings it first.
/// </summary>
internal static class FriendFacts
{
    private const int SharedByColleague = 201;
    private const int AssignedByAdministrator = 202;

    /// <summary>The event and the list may tell the time of one addition a little differently (WeCom promises no relation between the two).</summary>
    private static readonly TimeSpan SameAddition = TimeSpan.FromMinutes(2);

    /// <summary>Whether an addition at this time is the one that is known, or an older one.</summary>
    public static bool Knows(this Friendship? known, DateTimeOffset addedAt) => known is { IsSinceKnown: true }
        && (addedAt <= known.Since || (addedAt - known.Since <= SameAddition && !WasLostBetween(known, known.Since, addedAt)));

    /// <summary>The time that this addition has in the ledger: what is known of it, else what is said now.</summary>
    public static DateTimeOffset TimeOfAddition(Friendship? known, DateTimeOffset said) =>
        known is { IsSinceKnown: true } && (said - known.Since).Duration() <= SameAddition
            && !WasLostBetween(known, known.Since < said ? known.Since : said, known.Since < said ? said : known.Since)
            ? known.Since
            : said;

    public static Fact Added(
        string advisor, string customer, DateTimeOffset at, Follow? follow, Member? member, string? tier, string source, DateTimeOffset now) =>
        Changed(FactKind.FriendAdded, "friend_added", advisor, customer, at, member, tier, source, now) with { Class = ClassOf(follow) };

    /// <param name="known">What was known when this was decided.</param>
    public static Friendship Of(Friendship? known, string advisor, string customer, DateTimeOffset at, Follow? follow, string? state) =>
        new(advisor, customer, at, follow?.AddWay ?? 0, follow?.OperUserId, follow?.State ?? state, LostAt: null) { Revision = known?.Revision ?? 0 };

    public static Fact Lost(string advisor, string customer, DateTimeOffset at, Member? member, string? tier, string source, DateTimeOffset now) =>
        Changed(FactKind.FriendLost, "friend_lost", advisor, customer, at, member, tier, source, now);

    /// <summary>
    /// The friendship is gone; nobody saw when and by whom. It lies on the day of the look, names the friendship it ends and is
    /// charged to no push.
    /// </summary>
    public static Fact Ended(Friendship known, Member? member, string? tier, string source, DateTimeOffset now) =>
        Lost(known.Advisor, known.Customer, now, member, tier, source, now) with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"friend_lost:{known.Advisor}:{known.Customer}:after:{known.Since.ToUnixTimeSeconds()}"),
            Class = FactClass.TimeUnknown,
        };

    /// <summary>Takes back what was recorded without a time, now that the event itself has come: together they count nothing.</summary>
    public static Fact TakenBack(Fact unknown, string source, DateTimeOffset now) => unknown with
    {
        Id = unknown.Id + ":dated",
        Quantity = -unknown.Quantity,
        Corrects = unknown.Ref,
        Source = source,
        RecordedAt = now,
    };

    private static Fact Changed(
        FactKind kind, string name, string advisor, string customer, DateTimeOffset at, Member? member, string? tier, string source, DateTimeOffset now) => new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{name}:{advisor}:{customer}:{at.ToUnixTimeSeconds()}"),
            Day = ShanghaiTime.DayOf(at),
            Kind = kind,
            OccurredAt = at,
            Advisor = advisor,
            Branch = member?.BranchId,
            Customer = customer,
            Tier = tier,
            Source = source,
            RecordedAt = now,
        };

    private static bool WasLostBetween(Friendship known, DateTimeOffset from, DateTimeOffset to) => known.LostAt >= from && known.LostAt <= to;

    private static string? ClassOf(Follow? follow) => follow switch
    {
        null => null,
        { AddWay: SharedByColleague or AssignedByAdministrator } => FactClass.Transferred,
        _ when follow.OperUserId == follow.UserId => FactClass.ByAdvisor,
        _ => FactClass.ByCustomer,
    };
}

using System.Globalization;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Tests.Scorecard;

/// <summary>Facts as a week would leave them, with what matters to a test.</summary>
internal static class Facts
{
    public static readonly ScoreWeek Week = ScoreWeek.Parse("2026-W46");
    public static readonly DateOnly Monday = Week.Monday;

    public static ContentRef Content(string template = "gold", string author = "chen", string? instruction = "i1") =>
        new(instruction, template, 1, null, author, "content-team", "贵金属");

    public static DateTimeOffset At(int day, int hour, int minute = 0) => ShanghaiTime.At(Monday.AddDays(day), new TimeOnly(hour, minute));

    public static Fact Of(FactKind kind, string id, DateTimeOffset at) => new()
    {
        Id = $"{kind.Name()}:{id}",
        Day = ShanghaiTime.DayOf(at),
        Kind = kind,
        OccurredAt = at,
        Advisor = "a1",
        Branch = "2",
        Source = "test",
        RecordedAt = at,
    };

    public static Fact Assigned(string action, int day, int target = 1, string advisor = "a1", string instruction = "i1", string? link = null) =>
        Of(FactKind.AssignmentGiven, string.Create(CultureInfo.InvariantCulture, $"{instruction}:{action}:{advisor}:{day}"), At(day, 20)) with
        {
            Advisor = advisor,
            Class = action,
            Quantity = target,
            DueAt = At(day, 20),
            Content = Content(instruction: instruction),
            Link = link,
        };

    public static Fact Sent(int day, long count, string advisor = "a1", string template = "gold") =>
        Of(FactKind.RequestsSent, string.Create(CultureInfo.InvariantCulture, $"{advisor}:{day}"), At(day, 0)) with
        {
            Advisor = advisor,
            Quantity = count,
            Content = Content(template),
        };

    public static Fact Published(int day, int hour, string advisor = "a1", string push = "m1") =>
        Of(FactKind.MomentPublished, $"{push}:{advisor}", At(day, hour)) with { Advisor = advisor, Class = ExposureClass.Moment, Content = Content(), Push = push };

    public static Fact Friend(string customer, DateTimeOffset at, string advisor = "a1") =>
        Of(FactKind.FriendAdded, $"{advisor}:{customer}", at) with { Advisor = advisor, Customer = customer, Class = FactClass.ByAdvisor };

    public static Fact FriendRequestsAssigned(int day, int target = 20, string advisor = "a1") => Assigned(ActionKind.FriendRequests, day, target, advisor, "fr");
}

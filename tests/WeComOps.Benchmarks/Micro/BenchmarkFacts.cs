using System.Globalization;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Benchmarks.Micro;

/// <summary>A week of facts as advisors leave them.</summary>
internal static class BenchmarkFacts
{
    public static readonly ScoreWeek Week = ScoreWeek.Parse("2026-W46");
    private static readonly ContentRef Content = new("i1", "gold", 1, null, "chen", "content-team", "贵金属");

    /// <summary>Ordered as the ledger gives them.</summary>
    public static Fact[] Make(int count) =>
        [.. Enumerable.Range(0, count).Select(One).OrderBy(static fact => fact.Day).ThenBy(static fact => fact.Id, StringComparer.Ordinal)];

    /// <summary>For each advisor and working day: asked for friends, sent requests, won some, published.</summary>
    private static Fact One(int number)
    {
        var (advisor, day) = (number / 10 / 5, number / 10 % 5);
        var fact = (number % 10) switch
        {
            0 => Of(FactKind.AssignmentGiven, number, day, advisor) with { Class = ActionKind.FriendRequests, Quantity = 20, DueAt = At(day, 20) },
            1 => Of(FactKind.RequestsSent, number, day, advisor) with { Quantity = 18 },
            2 => Of(FactKind.AssignmentGiven, number, day, advisor) with { Class = ActionKind.Moments, DueAt = At(day, 20) },
            3 => Of(FactKind.MomentPublished, number, day, advisor) with { Class = ExposureClass.Moment, Push = "m1" },
            4 => Of(FactKind.CustomersReached, number, day, advisor) with { Class = ExposureClass.Moment, Push = "m1", Quantity = 150 },
            _ => Of(FactKind.FriendAdded, number, day, advisor) with { Class = FactClass.ByAdvisor, Customer = string.Create(CultureInfo.InvariantCulture, $"wm{number}") },
        };
        return fact with { Content = fact.Kind == FactKind.FriendAdded ? null : Content };
    }

    private static Fact Of(FactKind kind, int number, int day, int advisor) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{kind}:{number}"),
        Day = Week.Monday.AddDays(day),
        Kind = kind,
        OccurredAt = At(day, 10),
        Advisor = string.Create(CultureInfo.InvariantCulture, $"advisor{advisor:00000}"),
        Branch = string.Create(CultureInfo.InvariantCulture, $"{advisor % 40}"),
        Source = "benchmark",
        RecordedAt = At(day, 10),
    };

    private static DateTimeOffset At(int day, int hour) => ShanghaiTime.At(Week.Monday.AddDays(day), new TimeOnly(hour, 0));
}

using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Tests.Instructions;

/// <summary>Who is excused when an instruction is stopped, and who is told.</summary>
public sealed class StopInstructionTests
{
    private static readonly DateTimeOffset Now = ShanghaiTime.At(new DateOnly(2026, 11, 18), new TimeOnly(10, 0));
    private static readonly ContentRef Content = new("i1", "copy", 1, null, "chen", "team", null);

    [Fact]
    public void Friend_requests_are_excused_from_the_day_of_the_stop_on()
    {
        var changes = Stop(InstructionKind.FriendRequests, [Request(-1), Request(0), Request(1)]);

        Assert.Equal([18, 19], changes.Facts.Select(fact => fact.Day.Day));
        Assert.Equal("a1", Assert.Single(changes.Outgoing).UserId);
    }

    [Fact]
    public void A_group_that_stands_counts_and_its_owner_is_not_disturbed()
    {
        var changes = Stop(InstructionKind.GroupBuilding, [Group("a1"), Group("a2")], built: ["a1"]);

        Assert.Equal("a2", Assert.Single(changes.Facts).Advisor);
        Assert.Equal("a2", Assert.Single(changes.Outgoing).UserId);
    }

    [Theory]
    [InlineData(SliceState.Planned, true, true)]
    [InlineData(SliceState.Unknown, true, true)]
    [InlineData(SliceState.Rejected, true, true)]
    [InlineData(SliceState.Started, false, true)]
    [InlineData(SliceState.Accepted, false, true)]
    [InlineData(SliceState.Running, false, true)]
    [InlineData(SliceState.Closed, false, false)]
    public void Only_who_certainly_cannot_do_it_any_more_is_excused_at_once(SliceState state, bool excused, bool told)
    {
        var changes = Stop(InstructionKind.Moment, [Moment("a1")], [Slice(state)]);

        Assert.Equal(excused, changes.Facts.Count == 1);
        Assert.Equal(told, changes.Outgoing.Count == 1);
        Assert.Equal(state == SliceState.Planned, changes.Slices.Any(slice => slice.State == SliceState.Stopped));
    }

    [Fact]
    public void Before_it_began_nobody_is_told_of_what_nobody_knew()
    {
        var changes = StopInstruction.Decide(
            Instruction(InstructionKind.Moment) with { From = Now.AddHours(1) }, [Moment("a1")], [Slice(SliceState.Planned)], new HashSet<string>(StringComparer.Ordinal), "chen", "x", Now);

        Assert.Single(changes.Facts);
        Assert.Empty(changes.Outgoing);
    }

    private static Changes Stop(InstructionKind kind, Assignment[] assignments, PushSlice[]? slices = null, string[]? built = null) =>
        StopInstruction.Decide(Instruction(kind), assignments, slices ?? [], (built ?? []).ToHashSet(StringComparer.Ordinal), "chen", "先改写", Now);

    private static Instruction Instruction(InstructionKind kind) => new(
        "i1", kind, "黄金", Content, Now.AddDays(-1), Now.AddDays(2), ["b1"], 20, null, null, InstructionState.Open, Now.AddDays(-2), "chen");

    private static Assignment Request(int days) => Assignment("a1", ActionKind.FriendRequests, ShanghaiTime.At(new DateOnly(2026, 11, 18).AddDays(days), new TimeOnly(23, 59, 59)));

    private static Assignment Group(string advisor) => Assignment(advisor, ActionKind.GroupBuilding, Now.AddDays(2));

    private static Assignment Moment(string advisor) => Assignment(advisor, ActionKind.Moments, Now.AddDays(2));

    private static Assignment Assignment(string advisor, string action, DateTimeOffset due) =>
        new($"i1:{action}:{advisor}:{due:yyyy-MM-dd}", "i1", action, advisor, "b1", ShanghaiTime.DayOf(due), due, 1, null);

    private static PushSlice Slice(SliceState state) => new(
        "i1/001", "i1", PushKind.Moment, ExposureClass.Moment, Content, "今日金价", null, ["a1"], Now.AddDays(-1), Now.AddDays(2), state, null, null, null, null, 0, null, 0);
}

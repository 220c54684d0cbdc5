using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Tests.Outbox;

public sealed class PushSliceTests
{
    private static readonly DateTimeOffset Now = ShanghaiTime.At(new DateOnly(2026, 11, 9), new TimeOnly(10, 0));

    [Fact]
    public void An_unknown_call_is_looked_for_at_1_5_15_and_60_minutes_then_hourly()
    {
        var slice = Slice().Start(Now, epoch: 1);
        var minutes = new List<int>();
        for (var look = 0; look < 6; look++)
        {
            slice = slice.Lose("time-out", Now);
            minutes.Add((int)(slice.CheckAt!.Value - Now).TotalMinutes);
        }

        Assert.Equal([1, 5, 15, 60, 60, 60], minutes);
    }

    [Fact]
    public void Only_a_call_that_certainly_did_not_happen_goes_back_to_planned()
    {
        var postponed = Slice().Start(Now, epoch: 1).Postpone(Now.AddMinutes(1), "connection refused");
        Assert.Equal((SliceState.Planned, null), (postponed.State, postponed.StartedAt));
        Assert.Equal(SliceState.Unknown, Slice().Start(Now, epoch: 1).Lose("time-out", Now).State);
        Assert.Equal(SliceState.Rejected, Slice().Start(Now, epoch: 1).Reject("40058").State);
    }

    [Fact]
    public void A_moment_waits_for_its_id_and_a_post_runs_at_once()
    {
        Assert.Equal((SliceState.Accepted, "job"), (Slice().Start(Now, epoch: 1).Accept("job").State, Slice().Start(Now, epoch: 1).Accept("job").JobId));
        var post = (Slice() with { Kind = PushKind.GroupPost }).Start(Now, epoch: 1).Accept("msg");
        Assert.Equal((SliceState.Running, "msg"), (post.State, post.PushId));
    }

    private static PushSlice Slice() => new(
        "i1/001", "i1", PushKind.Moment, ExposureClass.Moment, new ContentRef("i1", "gold", 1, null, "chen", "team", null), "text", "token", ["a1"], Now, Now.AddHours(8),
        SliceState.Planned, StartedAt: null, JobId: null, PushId: null, Error: null, Checks: 0, CheckAt: null, Epoch: 0);
}

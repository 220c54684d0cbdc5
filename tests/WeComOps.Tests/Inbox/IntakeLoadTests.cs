using WeComOps.Inbox;

namespace WeComOps.Tests.Inbox;

public sealed class IntakeLoadTests
{
    private readonly Watch _watch = new();

    [Fact]
    public void A_crowded_commit_counts_for_a_moment_and_is_then_forgotten()
    {
        var load = new IntakeLoad(_watch);
        Assert.False(load.IsCrowded);

        load.Stored(IntakeLoad.Crowd);
        Assert.True(load.IsCrowded);

        _watch.Elapsed += IntakeLoad.Memory - TimeSpan.FromMilliseconds(1);
        Assert.True(load.IsCrowded);

        _watch.Elapsed += TimeSpan.FromMilliseconds(1);
        Assert.False(load.IsCrowded);
    }

    [Fact]
    public void Single_callbacks_are_no_crowd()
    {
        var load = new IntakeLoad(_watch);
        load.Stored(IntakeLoad.Crowd - 1);
        Assert.False(load.IsCrowded);
    }

    private sealed class Watch : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}

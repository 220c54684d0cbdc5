using WeComOps.Inbox;

namespace WeComOps.Tests.Inbox;

public sealed class IntakeLoadTests
{
    private readonly Watch _watch = new();

    [Fact]
    public void A_crowd_counts_for_a_moment_and_is_then_forgotten()
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
    public void Commits_that_follow_each_other_closely_are_a_crowd_together()
    {
        var load = new IntakeLoad(_watch);
        load.Stored(IntakeLoad.Crowd / 2);
        _watch.Elapsed += IntakeLoad.Window / 2;
        load.Stored(IntakeLoad.Crowd / 2);
        Assert.True(load.IsCrowded);
    }

    [Fact]
    public void Callbacks_of_different_moments_are_no_crowd()
    {
        var load = new IntakeLoad(_watch);
        load.Stored(IntakeLoad.Crowd - 1);
        Assert.False(load.IsCrowded);

        _watch.Elapsed += IntakeLoad.Window;
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

using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Host.Jobs;

namespace WeComOps.Host.Tests.Jobs;

public sealed class LoopTests
{
    [Fact]
    public async Task A_step_that_takes_long_does_not_hold_up_the_steps_beside_it()
    {
        using var stop = new CancellationTokenSource();
        var others = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Loop.SideBySideAsync(
            stop.Token,
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return TimeSpan.Zero;
            },
            async _ =>
            {
                if (++others == 3)
                {
                    await stop.CancelAsync();
                }

                return TimeSpan.Zero;
            }));

        Assert.Equal(3, others);
    }

    [Fact]
    public async Task When_one_of_the_steps_fails_all_have_ended_before_it_is_told()
    {
        var ended = false;

        await Assert.ThrowsAsync<IOException>(() => Loop.SideBySideAsync(
            CancellationToken.None,
            async token =>
            {
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }
                finally
                {
                    ended = true;
                }

                return TimeSpan.Zero;
            },
            _ => throw new IOException("the store is away")));

        Assert.True(ended);
    }

    [Fact]
    public async Task Once_stopped_no_step_begins()
    {
        using var stop = new CancellationTokenSource();
        var steps = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Loop("A test", NullLogger.Instance).RunAsync(
            async _ =>
            {
                steps++;
                await stop.CancelAsync();
                return TimeSpan.Zero;
            },
            stop.Token));

        Assert.Equal(1, steps);
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Primitives;

namespace WeComOps.Tests.Primitives;

public sealed class DutiesTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TimedClock _clock = new(new DateTimeOffset(2026, 11, 9, 4, 0, 0, TimeSpan.Zero));
    private readonly FakeDutyStore _store = new();

    private Duties Duties => new(_store, new NodeName("a"), _clock, NullLogger<Duties>.Instance);

    [Fact]
    public async Task The_work_runs_under_the_fence_and_the_duty_is_freed_after_it()
    {
        Fence? seen = null;

        Assert.True(await Duties.RunAsync("push", Lease, async _ =>
        {
            await Task.Yield();
            seen = Fence.Current;
        }, None));

        Assert.Equal(new Fence("push", 1), seen);
        Assert.Null(Fence.Current);
        Assert.Equal(seen, Assert.Single(_store.Released));
    }

    [Fact]
    public async Task Where_another_node_holds_the_duty_nothing_is_run()
    {
        _store.Answer = _ => null;

        Assert.False(await Duties.RunAsync("push", Lease, _ => throw new InvalidOperationException("It ran."), None));
    }

    [Fact]
    public async Task The_duty_is_renewed_every_third_of_its_lease_while_the_work_runs()
    {
        var done = new TaskCompletionSource();
        var running = Duties.RunAsync("push", Lease, _ => done.Task, None);
        for (var renewals = 1; renewals <= 6; renewals++)
        {
            await _clock.TimerSetAsync();
            _clock.Advance(Lease / 3);
            await _store.AskedAsync(1 + renewals);
        }

        done.SetResult();
        Assert.True(await running);
    }

    [Fact]
    public async Task When_another_node_has_taken_over_the_work_is_stopped()
    {
        var running = Duties.RunAsync("push", Lease, token => Task.Delay(Timeout.InfiniteTimeSpan, token), None);
        await _clock.TimerSetAsync();
        _store.Answer = _ => null;

        _clock.Advance(Lease / 3);

        await Assert.ThrowsAsync<FenceLostException>(() => running);
    }

    [Fact]
    public async Task A_node_that_was_stopped_for_longer_than_its_lease_stops_its_work_although_it_got_the_duty_again()
    {
        var running = Duties.RunAsync("push", Lease, token => Task.Delay(Timeout.InfiniteTimeSpan, token), None);
        await _clock.TimerSetAsync();
        _store.Answer = _ => new Fence("push", 3);

        _clock.Advance(TimeSpan.FromSeconds(90));

        await Assert.ThrowsAsync<FenceLostException>(() => running);
    }

    [Fact]
    public async Task While_the_store_is_away_the_work_goes_on_until_the_lease_is_over()
    {
        var running = Duties.RunAsync("push", Lease, token => Task.Delay(Timeout.InfiniteTimeSpan, token), None);
        _store.Answer = _ => throw new IOException("away");
        for (var asked = 2; asked <= 3; asked++)
        {
            await _clock.TimerSetAsync();
            _clock.Advance(Lease / 3);
            await _store.AskedAsync(asked);
            Assert.False(running.IsCompleted);
        }

        await _clock.TimerSetAsync();
        _clock.Advance(Lease / 3);

        await Assert.ThrowsAsync<FenceLostException>(() => running);
    }

    [Fact]
    public async Task A_renewal_that_never_answers_ends_the_work_with_the_lease()
    {
        var running = Duties.RunAsync("push", Lease, token => Task.Delay(Timeout.InfiniteTimeSpan, token), None);
        await _clock.TimerSetAsync();
        _store.Hangs = true;
        _clock.Advance(Lease / 3);
        await _store.AskedAsync(2);
        await _clock.TimerSetAsync();

        _clock.Advance(Lease * 2 / 3);

        await Assert.ThrowsAsync<FenceLostException>(() => running);
    }

    [Fact]
    public async Task A_caller_who_stops_gets_the_cancellation_and_the_duty_is_freed()
    {
        using var stopping = new CancellationTokenSource();
        var running = Duties.RunAsync("push", Lease, token => Task.Delay(Timeout.InfiniteTimeSpan, token), stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(_store.Released);
    }

    private sealed class FakeDutyStore : IDutyStore
    {
        private readonly SemaphoreSlim _asking = new(0);
        private int _asked;

        public Func<int, Fence?> Answer { get; set; } = _ => new Fence("push", 1);

        public bool Hangs { get; set; }

        public List<Fence> Released { get; } = [];

        public async Task AskedAsync(int times)
        {
            while (Volatile.Read(ref _asked) < times)
            {
                Assert.True(await _asking.WaitAsync(TimeSpan.FromSeconds(30)), "Nobody asked.");
            }
        }

        public Task<Fence?> TakeAsync(string duty, string node, TimeSpan lease, CancellationToken cancellationToken)
        {
            Assert.Equal("a", node);
            var asked = Interlocked.Increment(ref _asked);
            _asking.Release();
            return Hangs ? new TaskCompletionSource<Fence?>().Task : Task.FromResult(Answer(asked));
        }

        public Task<bool> HoldsAsync(Fence fence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(Fence fence, CancellationToken cancellationToken)
        {
            Released.Add(fence);
            return Task.CompletedTask;
        }
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Host.Jobs;
using WeComOps.Primitives;

namespace WeComOps.Host.Tests.Jobs;

/// <summary>Runners of several nodes on one store.</summary>
public sealed class JobRunnerTests
{
    private static readonly DateTimeOffset Period = new(2026, 11, 9, 0, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeStore _store = new();

    [Fact]
    public async Task A_period_that_fires_on_three_nodes_at_once_runs_on_one()
    {
        var runs = 0;
        var job = new Job("pull", "0 0 8 * * ?", async _ =>
        {
            Interlocked.Increment(ref runs);
            await Task.Yield();
        });

        var ran = await Task.WhenAll(((string[])["a", "b", "c"]).Select(node => Task.Run(() => Runner(node).RunAsync(job, Period, None))));

        Assert.Equal(1, runs);
        Assert.Equal(1, ran.Count(here => here));
        Assert.Equal(Period, _store.Marks["pull"]);
    }

    [Fact]
    public async Task A_node_that_lost_the_duty_in_the_middle_neither_marks_nor_runs_again_what_the_next_one_did()
    {
        var runs = new List<string>();
        async Task WorkAsync(string node)
        {
            runs.Add(node);
            if (node == "a")
            {
                // Stopped here for longer than the lease: the next node does the whole job.
                _store.Expire();
                Assert.True(await Runner("b").RunAsync(new Job("pull", "0 0 8 * * ?", _ => WorkAsync("b")), Period, None));
            }
        }

        Assert.False(await Runner("a").RunAsync(new Job("pull", "0 0 8 * * ?", _ => WorkAsync("a")), Period, None));

        Assert.Equal(["a", "b"], runs);
        Assert.Equal(1, _store.Refused);
    }

    [Fact]
    public async Task A_job_that_fails_leaves_its_period_open_and_the_duty_free()
    {
        var runner = Runner("a");

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync(new Job("pull", "0 0 8 * * ?", _ => throw new InvalidOperationException("away")), Period, None));

        Assert.True(await Runner("b").RunAsync(new Job("pull", "0 0 8 * * ?", _ => Task.CompletedTask), Period, None));
    }

    private JobRunner Runner(string node) => new(
        _store, _store, new Duties(_store, new NodeName(node), TimeProvider.System, NullLogger<Duties>.Instance), NullLogger<JobRunner>.Instance);

    /// <summary>One duty, and the marks of jobs that are written under it.</summary>
    private sealed class FakeStore : IDutyStore, IJobStore, IChangeStore
    {
        private readonly Lock _lock = new();
        private string? _holder;
        private long _epoch;

        public Dictionary<string, DateTimeOffset> Marks { get; } = new(StringComparer.Ordinal);

        public int Refused { get; private set; }

        public void Expire()
        {
            lock (_lock)
            {
                _holder = null;
            }
        }

        public Task<Fence?> TakeAsync(string duty, string node, TimeSpan lease, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (_holder is not null && _holder != node)
                {
                    return Task.FromResult<Fence?>(null);
                }

                _epoch += _holder is null ? 1 : 0;
                _holder = node;
                return Task.FromResult<Fence?>(new Fence(duty, _epoch));
            }
        }

        public Task<bool> HoldsAsync(Fence fence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReleaseAsync(Fence fence, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _holder = fence.Epoch == _epoch ? null : _holder;
                return Task.CompletedTask;
            }
        }

        public Task<DateTimeOffset?> LastPeriodAsync(string job, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                return Task.FromResult(Marks.TryGetValue(job, out var period) ? period : (DateTimeOffset?)null);
            }
        }

        public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (Fence.Current?.Epoch != _epoch)
                {
                    Refused++;
                    throw new FenceLostException();
                }

                foreach (var mark in changes.Jobs)
                {
                    Marks[mark.Job] = mark.Period;
                }

                return Task.CompletedTask;
            }
        }
    }
}

using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Stores;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class DutyStoreTests : ConformanceTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly SteppedClock _clock = new(Given.Noon);

    private IDutyStore Duties => new SqlDutyStore(The<SqlEngine>(), _clock);

    /// <summary>Where only one process writes, a duty is free for whichever it is.</summary>
    private bool OneProcess => The<SqlEngine>().OneProcess;

    [Fact]
    public async Task Who_takes_a_free_duty_holds_it_and_renews_it_in_the_same_epoch()
    {
        Assert.Equal(new Fence("push", 1), await TakeAsync("a"));
        _clock.Advance(Lease - Moment);
        Assert.Equal(new Fence("push", 1), await TakeAsync("a"));
        _clock.Advance(Lease - Moment);

        Assert.Equal(new Fence("push", 1), await TakeAsync("a"));
        Assert.True(await Duties.HoldsAsync(new Fence("push", 1), None));
        Assert.False(await Duties.HoldsAsync(new Fence("push", 2), None));
        Assert.False(await Duties.HoldsAsync(new Fence("jobs", 1), None));
    }

    [Fact]
    public async Task Another_node_waits_for_the_lease_and_then_takes_over_in_a_higher_epoch()
    {
        var first = await TakeAsync("a");
        _clock.Advance(Lease - Moment);
        if (!OneProcess)
        {
            Assert.Null(await TakeAsync("b"));
        }

        _clock.Advance(Moment);

        Assert.Equal(new Fence("push", 2), await TakeAsync("b"));
        Assert.False(await Duties.HoldsAsync(first!, None));
        Assert.True(await Duties.HoldsAsync(new Fence("push", 2), None));
    }

    [Fact]
    public async Task Duties_are_held_apart()
    {
        Assert.Equal(new Fence("push", 1), await TakeAsync("a"));
        Assert.Equal(new Fence("jobs", 1), await Duties.TakeAsync("jobs", "b", Lease, None));
    }

    [Fact]
    public async Task A_released_duty_is_free_at_once_in_a_higher_epoch()
    {
        var first = await TakeAsync("a");

        await Duties.ReleaseAsync(first!, None);

        Assert.Equal(new Fence("push", 2), await TakeAsync("b"));
        await Duties.ReleaseAsync(first!, None);
        Assert.True(await Duties.HoldsAsync(new Fence("push", 2), None));
        if (!OneProcess)
        {
            Assert.Null(await TakeAsync("a"));
        }
    }

    [Fact]
    public async Task A_holder_whose_lease_ran_out_comes_back_in_a_higher_epoch_where_another_could_have_had_it()
    {
        await TakeAsync("a");
        _clock.Advance(Lease);

        Assert.Equal(new Fence("push", OneProcess ? 1 : 2), await TakeAsync("a"));
    }

    [Fact]
    public async Task A_restarted_process_is_another_node()
    {
        var first = await TakeAsync("a");
        await RestartAsync();
        _clock.Advance(Lease);

        Assert.Equal(new Fence("push", 2), await TakeAsync("a2"));
        Assert.False(await Duties.HoldsAsync(first!, None));
    }

    [Fact]
    public async Task Of_many_nodes_that_ask_at_once_no_two_get_one_epoch()
    {
        var fences = (await Task.WhenAll(Enumerable.Range(0, 16).Select(node => Task.Run(() => TakeAsync($"node{node}"))))).OfType<Fence>().ToList();

        Assert.Equal(OneProcess ? 16 : 1, fences.Count);
        Assert.Equal(fences.Count, fences.Select(fence => fence.Epoch).Distinct().Count());
    }

    [Fact]
    public async Task What_is_committed_under_a_stale_fence_is_not_stored()
    {
        var stale = await TakeAsync("a");
        using (stale!.Enter())
        {
            await CommitAsync(changes => changes.Record(Given.Fact("in time")));
        }

        _clock.Advance(Lease);
        var fresh = await TakeAsync("b");

        using (stale.Enter())
        {
            await Assert.ThrowsAsync<FenceLostException>(() => CommitAsync(changes =>
            {
                changes.Record(Given.Fact("stale"));
                changes.Branches.Add(new Branch("b1", "支行", null));
                changes.Jobs.Add(new JobMark("pull", Given.Noon));
            }));
        }

        using (fresh!.Enter())
        {
            await CommitAsync(changes => changes.Record(Given.Fact("fresh")));
        }

        await CommitAsync(changes => changes.Record(Given.Fact("without")));
        Assert.Equal(["fresh", "in time", "without"], (await The<ILedger>().LatestAsync(null, 10, None)).Select(fact => fact.Id).Order(StringComparer.Ordinal));
        Assert.Empty(await The<IDirectoryStore>().BranchesAsync(None));
        Assert.Null(await The<IJobStore>().LastPeriodAsync("pull", None));
    }

    [Fact]
    public async Task A_fence_of_a_duty_that_nobody_ever_took_stores_nothing()
    {
        using (new Fence("push", 1).Enter())
        {
            await Assert.ThrowsAsync<FenceLostException>(() => CommitAsync(changes => changes.Record(Given.Fact("1"))));
        }
    }

    [Fact]
    public async Task Of_commits_and_take_overs_side_by_side_none_is_stored_after_its_epoch_has_passed()
    {
        var first = (await TakeAsync("a"))!;
        var commits = Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            using (first.Enter())
            {
                try
                {
                    await CommitAsync(changes => changes.Record(Given.Fact($"{i:00}")));
                    return $"{i:00}";
                }
                catch (FenceLostException)
                {
                    return null;
                }
            }
        })).ToList();
        _clock.Advance(Lease);
        var second = await TakeAsync("b");
        // What the take-over did not wait for is refused from here on.
        var seen = (await The<ILedger>().LatestAsync(null, 100, None)).Select(fact => fact.Id).Order(StringComparer.Ordinal).ToList();

        var stored = (await Task.WhenAll(commits)).OfType<string>().Order(StringComparer.Ordinal).ToList();

        Assert.Equal(2, second!.Epoch);
        Assert.Equal(stored, seen);
        Assert.Equal(seen, (await The<ILedger>().LatestAsync(null, 100, None)).Select(fact => fact.Id).Order(StringComparer.Ordinal));
    }

    private Task<Fence?> TakeAsync(string node) => Duties.TakeAsync("push", node, Lease, None);
}

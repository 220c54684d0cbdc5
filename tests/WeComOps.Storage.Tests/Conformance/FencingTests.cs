using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Stores;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>Two nodes on one store: what a node that was stopped does when it goes on.</summary>
public abstract class FencingTests : ConformanceTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stop = TimeSpan.FromSeconds(90);

    private readonly SteppedClock _clock = new(Given.Noon);
    private readonly IWeComApi _api;
    private readonly FakeApi _wecom;

    protected FencingTests()
    {
        (_api, _wecom) = FakeApi.Create();
        _wecom.On("CreateMomentTaskAsync", _ => Task.FromResult(FakeApi.Done("job1")));
        _wecom.On("SendMessageAsync", _ => Task.FromResult(FakeApi.Done(new SentMessage("m1", null, []))));
    }

    private IDutyStore Duties => new SqlDutyStore(The<SqlEngine>(), _clock);

    private LaunchPushes Launches => LaunchesTo(_api, _clock);

    private SettlePushes Settlements => new(The<IPushStore>(), _api, The<IChangeStore>(), _clock);

    private SendMessages Messages => new(The<IOutgoingStore>(), _api, The<IChangeStore>(), _clock, NullLogger<SendMessages>.Instance);

    [Fact]
    public async Task A_node_that_was_stopped_and_goes_on_starts_nothing_and_writes_nothing()
    {
        await PlanAsync();
        var stopped = await TakeAsync("a");
        _clock.Advance(Stop);
        await TakeAsync("b");

        using (stopped.Enter())
        {
            await Assert.ThrowsAsync<FenceLostException>(() => Launches.RunAsync(None));
            await Assert.ThrowsAsync<FenceLostException>(() => Messages.RunAsync(None));
            await Assert.ThrowsAsync<FenceLostException>(() => CommitAsync(changes => changes.Record(Given.Fact("1"))));
        }

        Assert.Equal(0, _wecom.CallsOf("CreateMomentTaskAsync"));
        Assert.Equal(0, _wecom.CallsOf("SendMessageAsync"));
        Assert.Equal(SliceState.Planned, (await The<IPushStore>().FindAsync("i1/1", None))!.State);
        Assert.Single(await The<IOutgoingStore>().DueAsync(_clock.GetUtcNow(), 10, None));
        Assert.Empty(await The<ILedger>().LatestAsync(null, 10, None));
    }

    [Fact]
    public async Task A_node_that_was_stopped_within_a_call_made_the_only_one_and_its_push_is_found_by_its_marker()
    {
        await PlanAsync();
        var stopped = await TakeAsync("a");
        Fence? next = null;
        _wecom.On("CreateMomentTaskAsync", async _ =>
        {
            // While the call is under way the node is stopped, and another one takes over.
            _clock.Advance(Stop);
            next = await TakeAsync("b");
            await UnderAsync(next, () => Launches.RunAsync(None));
            return FakeApi.Done("job1");
        });

        await Assert.ThrowsAsync<FenceLostException>(() => UnderAsync(stopped, () => Launches.RunAsync(None)));

        var unknown = (await The<IPushStore>().FindAsync("i1/1", None))!;
        Assert.Equal((SliceState.Unknown, 1L), (unknown.State, unknown.Epoch));
        _wecom.On("ListMomentsAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<ListedPush>>(
            [new("other", "别的", Given.Noon, []), new ListedPush("moment7", "黄金涨了 https://bank.example/l/marker", Given.Noon, [])])));
        _wecom.On("GetMomentTaskAsync", _ => Task.FromResult(FakeApi.Done<IReadOnlyList<MomentExecution>>([new("advisor1", true)])));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await UnderAsync(next!, () => Launches.RunAsync(None));
        await UnderAsync(next!, () => Settlements.RunAsync(None));

        var found = (await The<IPushStore>().FindAsync("i1/1", None))!;
        Assert.Equal((SliceState.Running, "moment7"), (found.State, found.PushId));
        Assert.Equal(1, _wecom.CallsOf("CreateMomentTaskAsync"));
    }

    [Fact]
    public async Task Whoever_takes_over_a_started_message_never_sends_it_again()
    {
        await PlanAsync();
        var stopped = await TakeAsync("a");
        _wecom.On("SendMessageAsync", async _ =>
        {
            _clock.Advance(Stop);
            await UnderAsync(await TakeAsync("b"), async () =>
            {
                await Messages.RecoverAsync(None);
                Assert.Equal(0, await Messages.RunAsync(None));
            });
            return FakeApi.Done(new SentMessage("m1", null, []));
        });

        await Assert.ThrowsAsync<FenceLostException>(() => UnderAsync(stopped, () => Messages.RunAsync(None)));

        Assert.Equal(1, _wecom.CallsOf("SendMessageAsync"));
        Assert.Equal(SliceState.Unknown, Assert.Single(await The<IOutgoingStore>().UnsettledAsync(None)).State);
    }

    [Fact]
    public async Task What_a_call_brought_is_recorded_even_while_the_node_stops()
    {
        await PlanAsync();
        using var stopping = new CancellationTokenSource();
        _wecom.On("CreateMomentTaskAsync", async _ =>
        {
            await stopping.CancelAsync();
            return FakeApi.Done("job1");
        });
        var fence = await TakeAsync("a");

        await UnderAsync(fence, () => Launches.RunAsync(stopping.Token));

        var slice = (await The<IPushStore>().FindAsync("i1/1", None))!;
        Assert.Equal((SliceState.Accepted, "job1", fence.Epoch), (slice.State, slice.JobId, slice.Epoch));
    }

    [Fact]
    public async Task A_call_that_a_stopping_node_never_made_is_planned_again()
    {
        await PlanAsync();
        using var stopping = new CancellationTokenSource();
        _wecom.On<string>("CreateMomentTaskAsync", async _ =>
        {
            await stopping.CancelAsync();
            throw new OperationCanceledException(stopping.Token);
        });

        await UnderAsync(await TakeAsync("a"), () => Launches.RunAsync(stopping.Token));

        Assert.Equal(SliceState.Planned, (await The<IPushStore>().FindAsync("i1/1", None))!.State);
    }

    private Task PlanAsync() => CommitAsync(changes =>
    {
        Given.Issued(changes);
        changes.Slices.Add(Given.Slice("i1/1"));
        changes.Outgoing.Add(OutgoingMessages.Plan("m1", new AppMessage.Text("advisor1", "你好"), Given.Noon, Given.Noon.AddHours(2)));
    });

    private async Task<Fence> TakeAsync(string node) => (await Duties.TakeAsync("outbox", node, Lease, None))!;

    private static async Task UnderAsync(Fence fence, Func<Task> work)
    {
        using (fence.Enter())
        {
            await work();
        }
    }
}

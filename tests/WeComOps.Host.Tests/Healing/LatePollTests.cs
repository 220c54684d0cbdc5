using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Directory;
using WeComOps.Host.Demo;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Host.Tests.Healing;

/// <summary>The poll at a deadline that an outage delayed, and publications that no poll saw.</summary>
public sealed class LatePollTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Deadline = ShanghaiTime.At(DemoSettings.FirstMonday, new TimeOnly(20, 0));
    private static readonly ContentRef Content = new("i1", "gold-moment", 1, null, "chen.jing", "财富内容组", "gold");
    private DeafBank _bank = null!;
    private string[] _published = [];
    private int _cancelled;

    public async ValueTask InitializeAsync() => _bank = await DeafBank.StartAsync(seed: 3, advisors: 6, lost: 1);

    public ValueTask DisposeAsync() => _bank.DisposeAsync();

    [Fact]
    public async Task A_poll_a_moment_after_the_deadline_dates_what_it_finds_by_the_deadline()
    {
        await PlanAsync(SliceState.Running);

        await PollAsync(Deadline.AddMinutes(3), "adv_001");

        Assert.Equal(Deadline, (await PublicationAsync("adv_001")).OccurredAt);
        Assert.Empty(await ExcusedAsync());
    }

    [Fact]
    public async Task A_poll_hours_after_the_deadline_cannot_tell_who_was_in_time_and_counts_it_neither_way()
    {
        await PlanAsync(SliceState.Running);

        await PollAsync(Deadline.AddHours(3), "adv_001");

        Assert.Equal(Deadline.AddHours(3), (await PublicationAsync("adv_001")).OccurredAt);
        // Who has not published by now certainly did not do it in time: that assignment counts.
        var excused = Assert.Single(await ExcusedAsync());
        Assert.Equal(("adv_001", new FactRef(DemoSettings.FirstMonday, "assignment_given:i1:moments:adv_001")), (excused.Advisor, excused.Corrects!.Value));
        Assert.Equal(SliceState.Closed, (await _bank.The<IPushStore>().FindAsync("i1/0", CancellationToken.None))!.State);
    }

    [Fact]
    public async Task The_first_poll_after_a_stop_cancels_what_is_open_and_excuses_who_had_not_confirmed()
    {
        await PlanAsync(SliceState.Running);
        var stopped = Deadline.AddHours(-5);
        _bank.Clock.MoveTo(stopped);
        Assert.Null(await _bank.The<StopInstruction>().StopAsync("i1", "chen.jing", "先改写", CancellationToken.None));
        Assert.Empty(await ExcusedAsync());

        await PollAsync(stopped.AddMinutes(10), "adv_001");

        Assert.Equal(stopped, (await PublicationAsync("adv_001")).OccurredAt);
        Assert.Equal("adv_002", Assert.Single(await ExcusedAsync()).Advisor);
        Assert.Equal(SliceState.Closed, (await _bank.The<IPushStore>().FindAsync("i1/0", CancellationToken.None))!.State);
        Assert.Equal(1, _cancelled);
    }

    [Fact]
    public async Task A_closed_slice_is_read_once_more_and_what_nobody_saw_is_dated_by_this_look_and_excuses_nothing()
    {
        await PlanAsync(SliceState.Closed);
        _bank.Clock.MoveTo(Deadline.AddHours(8));
        _published = ["adv_002"];
        var found = new Changes();
        var slice = (await _bank.The<IPushStore>().FindAsync("i1/0", CancellationToken.None))!;

        Assert.True(await Polls().RereadAsync(slice, found, CancellationToken.None));
        await _bank.The<IChangeStore>().CommitAsync(found, CancellationToken.None);

        Assert.Equal(Deadline.AddHours(8), (await PublicationAsync("adv_002")).OccurredAt);
        Assert.Empty(await ExcusedAsync());
        var again = new Changes();
        Assert.True(await Polls().RereadAsync(slice, again, CancellationToken.None));
        Assert.Empty(again.Facts);
    }

    private async Task PlanAsync(SliceState state)
    {
        var start = Deadline.AddHours(-11);
        var changes = new Changes();
        changes.Instructions.Add(new Instruction(
            "i1", InstructionKind.Moment, "黄金", Content, start, Deadline, ["2"], 0, null, null, InstructionState.Open, start, "chen.jing"));
        changes.Slices.Add(new PushSlice(
            "i1/0", "i1", PushKind.Moment, ExposureClass.Moment, Content, "今日金价", null, ["adv_001", "adv_002"], start, Deadline, state, start, "job", "moment1", null, 0, null, 1));
        foreach (var advisor in (string[])["adv_001", "adv_002"])
        {
            changes.Executions.Add(new PushExecution("i1/0", advisor, null, 0, 0, null));
            changes.Assignments.Add(new Assignment($"i1:moments:{advisor}", "i1", ActionKind.Moments, advisor, "2", DemoSettings.FirstMonday, Deadline, 1, null));
        }

        await _bank.The<IChangeStore>().CommitAsync(changes, CancellationToken.None);
    }

    private async Task PollAsync(DateTimeOffset at, params string[] published)
    {
        _bank.Clock.MoveTo(at);
        _published = published;
        await Polls().RunAsync(CancellationToken.None);
    }

    private async Task<Fact> PublicationAsync(string advisor) => Assert.Single(await _bank.FactsAsync(), fact => fact.Kind == FactKind.MomentPublished && fact.Advisor == advisor);

    private async Task<List<Fact>> ExcusedAsync() => [.. (await _bank.FactsAsync()).Where(fact => fact.Kind == FactKind.AssignmentExcused)];

    private PollPushes Polls() => new(
        _bank.The<IPushStore>(), MomentsOnly.Answering(() => _published, () => _cancelled++), _bank.The<IDirectoryStore>(), _bank.The<IInstructionStore>(), _bank.The<IChangeStore>(), _bank.The<TimeProvider>());

    /// <summary>WeCom as far as a moment's results go; any other call fails the test.</summary>
    public class MomentsOnly : DispatchProxy
    {
        private Func<string[]> _published = static () => [];
        private Action _cancelled = static () => { };

        internal static IWeComApi Answering(Func<string[]> published, Action cancelled)
        {
            var api = Create<IWeComApi, MomentsOnly>();
            (((MomentsOnly)(object)api)._published, ((MomentsOnly)(object)api)._cancelled) = (published, cancelled);
            return api;
        }

        private Task<ApiResult<Unit>> Cancel()
        {
            _cancelled();
            return Task.FromResult<ApiResult<Unit>>(new ApiResult<Unit>.Done(default, "{}"));
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IWeComApi.GetMomentTaskAsync) => Task.FromResult<ApiResult<IReadOnlyList<MomentExecution>>>(
                new ApiResult<IReadOnlyList<MomentExecution>>.Done([.. _published().Select(static advisor => new MomentExecution(advisor, Published: true))], "{}")),
            nameof(IWeComApi.GetMomentReachAsync) => Task.FromResult<ApiResult<IReadOnlyList<string>>>(new ApiResult<IReadOnlyList<string>>.Done(["wm1"], "{}")),
            nameof(IWeComApi.CancelMomentTaskAsync) => Cancel(),
            var other => throw new InvalidOperationException($"Nobody prepared an answer for {other}."),
        };
    }
}

using WeComOps.Customers;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>What was planned and is stopped, no longer approved or no longer true does not leave, and nobody is blamed for it.</summary>
public abstract class StopTests : ConformanceTests
{
    private static readonly MarketFact Gold = new("gold_close", "932.40", "上海黄金交易所", Given.Noon.AddHours(-3), "元/克");

    private readonly SteppedClock _clock = new(Given.Noon);
    private readonly IWeComApi _api;
    private readonly FakeApi _wecom;

    protected StopTests()
    {
        (_api, _wecom) = FakeApi.Create();
        _wecom.On("CreateMomentTaskAsync", _ => Task.FromResult(FakeApi.Done("job1")));
    }

    private LaunchPushes Launches => LaunchesTo(_api, _clock);

    private StopInstruction Stops => new(The<IInstructionStore>(), The<IPushStore>(), The<IGroupStore>(), The<IChangeStore>(), _clock);

    [Fact]
    public async Task A_stopped_instruction_sends_nothing_more_and_excuses_who_could_not_do_it()
    {
        await PlanAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var now = _clock.GetUtcNow();

        Assert.Null(await Stops.StopAsync("i1", "editor1", " 先改写 ", None));
        await Launches.RunAsync(None);

        var instruction = (await The<IInstructionStore>().FindAsync("i1", None))!;
        Assert.Equal((InstructionState.Stopped, new InstructionStop(now, "editor1", "先改写")), (instruction.State, instruction.Stop));
        var slice = (await The<IPushStore>().FindAsync("1", None))!;
        Assert.Equal((SliceState.Stopped, "先改写"), (slice.State, slice.Error));
        Assert.Equal(0, _wecom.CallsOf("CreateMomentTaskAsync"));
        await ExcusedAsync("advisor1", "advisor2");
        Assert.Equal(["advisor1", "advisor2"], (await The<IOutgoingStore>().DueAsync(now, 10, None)).Select(message => message.UserId).Order(StringComparer.Ordinal));
        Assert.Empty(await The<IInstructionStore>().OpenAsync("advisor1", ActionKind.Moments, now, None));
        Assert.NotEmpty(await The<IInstructionStore>().OpenAsync("advisor1", ActionKind.Moments, now.AddMilliseconds(-1), None));
    }

    [Fact]
    public async Task An_instruction_is_stopped_once_and_only_while_it_is_open()
    {
        await PlanAsync();
        var read = (await The<IInstructionStore>().FindAsync("i1", None))!;
        Assert.NotNull(await Stops.StopAsync("i1", "editor1", " ", None));
        Assert.NotNull(await Stops.StopAsync("nobody", "editor1", "x", None));
        Assert.Null(await Stops.StopAsync("i1", "editor1", "一", None));

        Assert.NotNull(await Stops.StopAsync("i1", "editor2", "二", None));
        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Instructions.Add(read.StopAt(Given.Noon, "editor2", "二"))));

        Assert.Equal("editor1", (await The<IInstructionStore>().FindAsync("i1", None))!.Stop!.By);
        await CommitAsync(changes =>
        {
            changes.Instructions.Add(Given.Instruction with { Id = "i2" });
            changes.Assignments.Add(Assignment("advisor1") with { Id = "i2:a", Instruction = "i2" });
        });
        _clock.Advance(TimeSpan.FromHours(9));
        Assert.NotNull(await Stops.StopAsync("i2", "editor1", "太晚", None));
    }

    [Fact]
    public async Task A_push_that_was_started_meanwhile_is_left_to_the_poll_and_its_executors_are_not_excused_yet()
    {
        await PlanAsync();
        await Launches.RunAsync(None);

        Assert.Null(await Stops.StopAsync("i1", "editor1", "先改写", None));

        Assert.Equal(SliceState.Accepted, (await The<IPushStore>().FindAsync("1", None))!.State);
        await ExcusedAsync();
    }

    [Fact]
    public async Task Content_that_was_withdrawn_after_it_was_issued_does_not_leave()
    {
        await PlanAsync();
        var template = (await The<ITemplateStore>().FindAsync(Given.Content.Template, None))!;
        await CommitAsync(changes => changes.Templates.Add(template.Withdraw("reviewer1", "表述过时", Given.Noon)));

        await Launches.RunAsync(None);

        await NothingLeftAsync("停用");
    }

    [Fact]
    public async Task A_newer_version_of_the_content_stops_nothing()
    {
        await PlanAsync();
        var template = (await The<ITemplateStore>().FindAsync(Given.Content.Template, None))!;
        await CommitAsync(changes => changes.Templates.Add(template.SaveDraft("新", Given.Noon).Submit(Given.Noon).Approve("reviewer1", Given.Noon)));

        await Launches.RunAsync(None);

        Assert.Equal(SliceState.Accepted, (await The<IPushStore>().FindAsync("1", None))!.State);
    }

    [Fact]
    public async Task Content_of_which_nothing_is_known_does_not_leave()
    {
        await CommitAsync(changes => changes.Slices.Add(Given.Slice("1")));

        await Launches.RunAsync(None);

        Assert.Equal(SliceState.Stopped, (await The<IPushStore>().FindAsync("1", None))!.State);
    }

    [Theory]
    [InlineData("933.40")]
    [InlineData(null)]
    public async Task A_figure_that_was_corrected_or_withdrawn_does_not_leave(string? instead)
    {
        await PlanAsync(Gold);
        await EnterAsync("e1", Gold.Value, Gold.At, corrects: null);
        await EnterAsync("e2", instead, Gold.At, corrects: "e1");

        await Launches.RunAsync(None);

        await NothingLeftAsync("gold_close");
    }

    [Fact]
    public async Task A_newer_figure_makes_the_older_one_no_less_true()
    {
        await PlanAsync(Gold);
        await EnterAsync("e1", Gold.Value, Gold.At, corrects: null);
        await EnterAsync("e2", "940.00", Gold.At.AddHours(1), corrects: null);

        await Launches.RunAsync(None);

        Assert.Equal(SliceState.Accepted, (await The<IPushStore>().FindAsync("1", None))!.State);
    }

    private async Task NothingLeftAsync(string why)
    {
        var slice = (await The<IPushStore>().FindAsync("1", None))!;
        Assert.Equal(SliceState.Stopped, slice.State);
        Assert.Contains(why, slice.Error, StringComparison.Ordinal);
        Assert.Equal(0, _wecom.CallsOf("CreateMomentTaskAsync"));
        await ExcusedAsync("advisor1", "advisor2");
    }

    private async Task ExcusedAsync(params string[] advisors)
    {
        var facts = await The<ILedger>().ReadAsync(Given.Monday, Given.Monday, None).ToListAsync();
        Assert.All(facts, fact => Assert.Equal((FactKind.AssignmentExcused, new FactRef(Given.Monday, "assignment_given:i1:" + fact.Advisor)), (fact.Kind, fact.Corrects!.Value)));
        Assert.Equal(advisors, facts.Select(fact => fact.Advisor).Order(StringComparer.Ordinal));
        foreach (var fact in facts)
        {
            Assert.NotNull(await The<ILedger>().FindSourceAsync(fact.Source, None));
        }
    }

    private Task PlanAsync(params MarketFact[] quoted) => CommitAsync(changes =>
    {
        changes.Instructions.Add(Given.Instruction with { Market = quoted.Length == 0 ? null : quoted });
        changes.Templates.Add(Given.Template);
        changes.Slices.Add(Given.Slice("1"));
        changes.Assignments.AddRange(Given.Slice("1").Executors.Select(Assignment));
    });

    private static Assignment Assignment(string advisor) =>
        new("i1:" + advisor, "i1", ActionKind.Moments, advisor, "b1", Given.Monday, Given.Slice("1").Deadline, 1, null);

    private Task EnterAsync(string id, string? value, DateTimeOffset at, string? corrects) =>
        CommitAsync(changes => changes.MarketEntries.Add(new MarketEntry(id, Gold.Name, value, Gold.Unit, Gold.Source, at, "editor1", Given.Noon, corrects)));
}

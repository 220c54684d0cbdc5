using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>WeCom answers nothing usable for minutes: a few calls end UNKNOWN, the rest stays planned until it answers again.</summary>
public abstract class SilentWeComTests : ConformanceTests
{
    private const int Many = 40;

    private readonly SteppedClock _clock = new(Given.Noon);
    private readonly IWeComApi _api;
    private readonly FakeApi _wecom;
    private bool _answers;

    protected SilentWeComTests()
    {
        (_api, _wecom) = FakeApi.Create();
        _wecom.On("CreateMomentTaskAsync", _ => Task.FromResult(Answer("job")));
        _wecom.On("CreateGroupPostAsync", _ => Task.FromResult(FakeApi.Done("msg")));
        _wecom.On("SendMessageAsync", _ => Task.FromResult(Answer(new SentMessage("m", null, []))));
    }

    [Fact]
    public async Task Of_many_pushes_a_few_are_called_and_the_rest_is_launched_when_WeCom_answers_again()
    {
        await CommitAsync(changes =>
        {
            Given.Issued(changes);
            changes.Slices.AddRange(Enumerable.Range(0, Many).Select(i => Given.Slice(Id(i))));
            changes.Slices.Add(Given.Slice("post") with { Kind = PushKind.GroupPost });
        });
        var launches = LaunchesTo(_api, _clock);

        // The posts' path is another one.
        Assert.Equal(CallCircuit.MostInARow + 1, await launches.RunAsync(None));
        Assert.Equal(0, await launches.RunAsync(None));
        _clock.Advance(CallCircuit.FirstPause);
        Assert.Equal(1, await launches.RunAsync(None));
        Assert.Equal(CallCircuit.MostInARow + 1, (await The<IPushStore>().InStateAsync([SliceState.Unknown], None)).Count);
        Assert.Single(await The<IPushStore>().InStateAsync([SliceState.Running], None));

        _answers = true;
        _clock.Advance(CallCircuit.FirstPause * 2);
        Assert.Equal(Many - CallCircuit.MostInARow - 1, await launches.RunAsync(None));
        Assert.Equal(Many, _wecom.CallsOf("CreateMomentTaskAsync"));
        Assert.Empty(await The<IPushStore>().InStateAsync([SliceState.Planned, SliceState.Started], None));
    }

    [Fact]
    public async Task Of_many_messages_a_few_are_sent_and_the_rest_waits_until_WeCom_answers_or_it_is_too_late()
    {
        await CommitAsync(changes => changes.Outgoing.AddRange(Enumerable.Range(0, Many).Select(i =>
            Given.Outgoing(Id(i)) with { UserId = "advisor1", ExpiresAt = Given.Noon.AddMinutes(i == 39 ? 1 : 60) })));
        var messages = new SendMessages(The<IOutgoingStore>(), _api, The<IChangeStore>(), _clock, NullLogger<SendMessages>.Instance);

        Assert.Equal(CallCircuit.MostInARow, await messages.RunAsync(None));
        Assert.Equal(0, await messages.RunAsync(None));
        _clock.Advance(CallCircuit.FirstPause);
        Assert.Equal(1, await messages.RunAsync(None));
        Assert.Equal(CallCircuit.MostInARow + 1, (await The<IOutgoingStore>().UnsettledAsync(None)).Count);

        _answers = true;
        _clock.Advance(CallCircuit.FirstPause * 2);
        Assert.Equal(Many - CallCircuit.MostInARow - 1, await messages.RunAsync(None));
        Assert.Equal(Many - 1, _wecom.CallsOf("SendMessageAsync"));
        Assert.Equal(0, await The<IOutgoingStore>().CountPlannedAsync(None));
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"i1/{number:D2}");

    private ApiResult<T> Answer<T>(T value) => _answers ? FakeApi.Done(value) : new ApiResult<T>.Unknown("HTTP 502");
}

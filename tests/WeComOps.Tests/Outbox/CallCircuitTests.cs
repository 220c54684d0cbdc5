using WeComOps.Outbox;
using WeComOps.Tests.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Tests.Outbox;

public sealed class CallCircuitTests
{
    private static readonly ApiResult<Unit> Done = new ApiResult<Unit>.Done(default, "{}");
    private static readonly ApiResult<Unit> Unknown = new ApiResult<Unit>.Unknown("errcode -1");

    private readonly TimedClock _clock = new(new DateTimeOffset(2026, 11, 9, 4, 0, 0, TimeSpan.Zero));
    private readonly CallCircuit _circuit;

    public CallCircuitTests() => _circuit = new CallCircuit(_clock);

    [Fact]
    public void Three_unknown_in_a_row_stop_the_calls_and_an_answer_between_them_does_not_let_it_come_to_that()
    {
        foreach (var result in (ApiResult<Unit>[])[Unknown, Unknown, Done, Unknown, Unknown, new ApiResult<Unit>.Rejected(40003, "no such user"), Unknown, Unknown])
        {
            Assert.True(Call(result));
        }

        Assert.True(Call(Unknown));
        Assert.False(Call(Done));
    }

    [Fact]
    public void After_the_pause_one_call_is_tried_and_the_pause_grows_up_to_a_limit()
    {
        Stop();
        foreach (var minutes in (int[])[1, 2, 4, 8, 15, 15])
        {
            _clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromMilliseconds(1));
            Assert.Null(_circuit.TryEnter());
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            using var trial = _circuit.TryEnter();
            Assert.NotNull(trial);
            Assert.Null(_circuit.TryEnter());
            Assert.NotNull(trial.End(Unknown));
        }
    }

    [Fact]
    public void An_answer_to_the_trial_opens_the_way_and_the_next_pause_is_short_again()
    {
        Stop();
        _clock.Advance(CallCircuit.FirstPause);
        Assert.True(Call(Unknown));
        _clock.Advance(CallCircuit.FirstPause * 2);
        Assert.True(Call(Done));

        Stop();
        Assert.False(Call(Done));
        _clock.Advance(CallCircuit.FirstPause);
        Assert.True(Call(Done));
    }

    [Fact]
    public void A_trial_that_was_not_sent_is_made_again()
    {
        Stop();
        _clock.Advance(CallCircuit.FirstPause);
        Assert.True(Call(new ApiResult<Unit>.RetryLater(TimeSpan.FromSeconds(10), "no connection")));
        using (_circuit.TryEnter())
        {
            // Given up before the call.
        }

        Assert.True(Call(Done));
        Assert.True(Call(Done));
    }

    [Fact]
    public void Calls_that_were_under_way_when_the_pause_began_do_not_prolong_it()
    {
        var late = _circuit.TryEnter()!;
        Stop();
        Assert.Null(late.End(Unknown));
        late.Dispose();
        _clock.Advance(CallCircuit.FirstPause);

        Assert.True(Call(Done));
    }

    private void Stop()
    {
        for (var i = 0; i < CallCircuit.MostInARow; i++)
        {
            Assert.True(Call(Unknown));
        }
    }

    /// <summary>False when the call is not made.</summary>
    private bool Call(ApiResult<Unit> result)
    {
        using var turn = _circuit.TryEnter();
        turn?.End(result);
        return turn is not null;
    }
}

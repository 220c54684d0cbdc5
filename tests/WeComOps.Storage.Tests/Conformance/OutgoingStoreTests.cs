using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class OutgoingStoreTests : ConformanceTests
{
    [Fact]
    public async Task A_planned_message_is_due_from_its_time_on_oldest_first()
    {
        await CommitAsync(changes => changes.Outgoing.AddRange(
            [Given.Outgoing("2"), Given.Outgoing("1"), Given.Outgoing("0") with { PlannedAt = Given.Noon.AddMilliseconds(1) }]));

        Assert.Equal([Given.Outgoing("1"), Given.Outgoing("2")], await The<IOutgoingStore>().DueAsync(Given.Noon, 10, None));
        Assert.Equal("1", Assert.Single(await The<IOutgoingStore>().DueAsync(Given.Noon.AddHours(1), 1, None)).Id);
        Assert.Equal(3, await The<IOutgoingStore>().CountPlannedAsync(None));
    }

    [Theory]
    [InlineData(SliceState.Started)]
    [InlineData(SliceState.Closed)]
    [InlineData(SliceState.Unknown)]
    [InlineData(SliceState.Rejected)]
    public async Task A_known_message_is_never_planned_again(SliceState state)
    {
        await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1")));
        await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", SliceState.Started)));
        if (state != SliceState.Started)
        {
            await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", state) with { MsgId = "m1" }));
        }

        await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1") with { Payload = "{}" }));

        Assert.Empty(await The<IOutgoingStore>().DueAsync(Given.Noon, 10, None));
    }

    [Fact]
    public async Task A_call_that_certainly_did_not_happen_goes_back_to_planned_but_a_settled_one_does_not()
    {
        var later = Given.Noon.AddMinutes(1);
        await CommitAsync(changes => changes.Outgoing.AddRange([Given.Outgoing("1", SliceState.Started), Given.Outgoing("2", SliceState.Accepted), Given.Outgoing("3", SliceState.Unknown)]));

        Task PostponeAsync(string id) => CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing(id) with { PlannedAt = later, Error = "connection refused" }));
        await PostponeAsync("1");
        await Assert.ThrowsAsync<ConflictException>(() => PostponeAsync("2"));
        await Assert.ThrowsAsync<ConflictException>(() => PostponeAsync("3"));

        Assert.Equal("1", Assert.Single(await The<IOutgoingStore>().DueAsync(later, 10, None)).Id);
        Assert.Equal("3", Assert.Single(await The<IOutgoingStore>().UnsettledAsync(None)).Id);
    }

    [Fact]
    public async Task A_message_is_started_once_and_ended_once()
    {
        await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1")));
        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", SliceState.Closed))));
        await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", SliceState.Started)));
        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", SliceState.Started))));
        await CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", SliceState.Unknown)));

        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Outgoing.Add(Given.Outgoing("1", SliceState.Closed))));

        Assert.Equal(SliceState.Unknown, Assert.Single(await The<IOutgoingStore>().UnsettledAsync(None)).State);
    }

    [Fact]
    public async Task Calls_whose_outcome_nobody_knows_are_unsettled_after_a_restart()
    {
        await CommitAsync(changes => changes.Outgoing.AddRange(
            [Given.Outgoing("1", SliceState.Started), Given.Outgoing("2", SliceState.Unknown), Given.Outgoing("3", SliceState.Accepted), Given.Outgoing("4")]));

        await RestartAsync();

        Assert.Equal(["1", "2"], (await The<IOutgoingStore>().UnsettledAsync(None)).Select(message => message.Id));
    }
}

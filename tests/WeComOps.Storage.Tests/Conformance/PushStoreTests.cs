using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class PushStoreTests : ConformanceTests
{
    [Fact]
    public async Task A_slice_comes_back_whole()
    {
        var slice = Given.Slice("i1/1").Start(Given.Noon.AddMilliseconds(7), epoch: 3) with { Checks = 2, CheckAt = Given.Noon, JobId = "job", Error = "超时", Pictures = ["0123456789abcdef"] };

        await CommitAsync(changes => changes.Slices.Add(slice));

        var read = await The<IPushStore>().FindAsync("i1/1", None);
        Assert.Equivalent(slice, read, strict: true);
        Assert.Equal(slice.Executors, read!.Executors);
    }

    [Fact]
    public async Task Slices_are_found_by_their_latest_state_and_by_instruction()
    {
        await CommitAsync(changes => changes.Slices.AddRange(
            [Given.Slice("3"), Given.Slice("1", SliceState.Running), Given.Slice("2", SliceState.Unknown), Given.Slice("4") with { Instruction = "i2" }]));

        await CommitAsync(changes => changes.Slices.Add(Given.Slice("1", SliceState.Closed)));

        Assert.Equal(["2", "3", "4"], (await The<IPushStore>().InStateAsync([SliceState.Planned, SliceState.Unknown], None)).Select(slice => slice.Id));
        Assert.Equal(["1", "2", "3"], (await The<IPushStore>().OfInstructionAsync("i1", None)).Select(slice => slice.Id));
        Assert.Empty(await The<IPushStore>().InStateAsync([], None));
    }

    [Theory]
    [InlineData(SliceState.Planned, SliceState.Started, SliceState.Missed, SliceState.Rejected, SliceState.Stopped)]
    [InlineData(SliceState.Started, SliceState.Accepted, SliceState.Running, SliceState.Rejected, SliceState.Unknown)]
    [InlineData(SliceState.Accepted, SliceState.Running, SliceState.Rejected, SliceState.Unknown)]
    [InlineData(SliceState.Unknown, SliceState.Running, SliceState.Rejected, SliceState.Unknown)]
    [InlineData(SliceState.Running, SliceState.Closed)]
    [InlineData(SliceState.Rejected)]
    [InlineData(SliceState.Missed)]
    [InlineData(SliceState.Stopped)]
    [InlineData(SliceState.Closed)]
    public async Task A_slice_takes_only_the_steps_that_lead_on_from_its_state(SliceState from, params SliceState[] steps)
    {
        foreach (var to in Enum.GetValues<SliceState>().Except([SliceState.Planned]))
        {
            var id = $"{from}-{to}";
            await CommitAsync(changes => changes.Slices.Add(Given.Slice(id, from)));
            var step = CommitAsync(changes => changes.Slices.Add(Given.Slice(id, to)));
            if (steps.Contains(to))
            {
                await step;
            }
            else
            {
                await Assert.ThrowsAsync<ConflictException>(() => step);
            }

            Assert.Equal(steps.Contains(to) ? to : from, (await The<IPushStore>().FindAsync(id, None))!.State);
        }
    }

    [Theory]
    [InlineData(SliceState.Planned, true)]
    [InlineData(SliceState.Started, true)]
    [InlineData(SliceState.Unknown, false)]
    [InlineData(SliceState.Running, false)]
    [InlineData(SliceState.Missed, false)]
    public async Task What_certainly_did_not_take_effect_is_put_off_and_nothing_else(SliceState from, bool may)
    {
        await CommitAsync(changes => changes.Slices.Add(Given.Slice("1", from)));
        var step = CommitAsync(changes => changes.Slices.Add(Given.Slice("1").Postpone(Given.Noon.AddMinutes(1), "pictures: rejected 45009")));
        if (may)
        {
            await step;
            Assert.Equal(Given.Noon.AddMinutes(1), (await The<IPushStore>().FindAsync("1", None))!.PlannedAt);
        }
        else
        {
            await Assert.ThrowsAsync<ConflictException>(() => step);
        }
    }

    [Fact]
    public async Task Of_many_who_start_a_slice_at_once_one_may_call()
    {
        await CommitAsync(changes => changes.Slices.Add(Given.Slice("1")));

        var started = await Task.WhenAll(Enumerable.Range(1, 8).Select(async epoch =>
        {
            try
            {
                await CommitAsync(changes => changes.Slices.Add(Given.Slice("1").Start(Given.Noon, epoch)));
                return 1;
            }
            catch (ConflictException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, started.Sum());
    }

    [Fact]
    public async Task Executions_are_due_when_their_time_has_come()
    {
        PushExecution Execution(string advisor, DateTimeOffset? lookAt) => new("s1", advisor, Given.Noon, 120, 1, lookAt);
        await CommitAsync(changes => changes.Executions.AddRange(
            [Execution("b", Given.Noon), Execution("a", Given.Noon), Execution("c", Given.Noon.AddMilliseconds(1)), Execution("d", null)]));

        Assert.Equal([Execution("a", Given.Noon), Execution("b", Given.Noon)], await The<IPushStore>().DueForReactionsAsync(Given.Noon, None));
        Assert.Equal(4, (await The<IPushStore>().ExecutionsAsync("s1", None)).Count);

        await CommitAsync(changes => changes.Executions.Add(Execution("a", null) with { Looks = 2 }));
        Assert.Equal("b", Assert.Single(await The<IPushStore>().DueForReactionsAsync(Given.Noon, None)).Advisor);
    }

    [Fact]
    public async Task Exposures_are_publications_and_posts_of_the_advisor_in_the_time_oldest_first()
    {
        Fact Exposure(string id, FactKind kind, int minutes, string advisor = "a1") =>
            Given.Fact(id, kind) with { Advisor = advisor, OccurredAt = Given.Noon.AddMinutes(minutes) };
        await CommitAsync(changes => changes.Facts.AddRange(
        [
            Exposure("post", FactKind.GroupPostSent, 10), Exposure("moment", FactKind.MomentPublished, 0), Exposure("before", FactKind.MomentPublished, -1),
            Exposure("after", FactKind.MomentPublished, 11), Exposure("other", FactKind.MomentPublished, 5, "a2"), Exposure("liked", FactKind.MomentLiked, 5),
        ]));

        var exposures = await The<IPushStore>().ExposuresAsync("a1", Given.Noon, Given.Noon.AddMinutes(10), None);

        Assert.Equal(["moment", "post"], exposures.Select(fact => fact.Id));
    }
}

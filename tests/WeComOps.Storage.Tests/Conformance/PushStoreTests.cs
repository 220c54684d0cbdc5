using WeComOps.Ledger;
using WeComOps.Outbox;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class PushStoreTests : ConformanceTests
{
    [Fact]
    public async Task A_slice_comes_back_whole()
    {
        var slice = Given.Slice("i1/1").Start(Given.Noon.AddMilliseconds(7)) with { Checks = 2, CheckAt = Given.Noon, JobId = "job", Error = "超时" };

        await CommitAsync(changes => changes.Slices.Add(slice));

        var read = await The<IPushStore>().FindAsync("i1/1", None);
        Assert.Equivalent(slice, read, strict: true);
        Assert.Equal(slice.Executors, read!.Executors);
    }

    [Fact]
    public async Task Slices_are_found_by_their_latest_state_and_by_instruction()
    {
        await CommitAsync(changes => changes.Slices.AddRange(
            [Given.Slice("3"), Given.Slice("1"), Given.Slice("2", SliceState.Unknown), Given.Slice("4") with { Instruction = "i2" }]));

        await CommitAsync(changes => changes.Slices.Add(Given.Slice("1", SliceState.Closed)));

        Assert.Equal(["2", "3", "4"], (await The<IPushStore>().InStateAsync([SliceState.Planned, SliceState.Unknown], None)).Select(slice => slice.Id));
        Assert.Equal(["1", "2", "3"], (await The<IPushStore>().OfInstructionAsync("i1", None)).Select(slice => slice.Id));
        Assert.Empty(await The<IPushStore>().InStateAsync([], None));
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

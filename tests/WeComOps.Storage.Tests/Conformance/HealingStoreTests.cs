using WeComOps.Customers;
using WeComOps.Healing;
using WeComOps.Ledger;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class HealingStoreTests : ConformanceTests
{
    private static readonly HealRun Run = new(
        "r1", HealReason.FirstLook, Given.Noon, Given.Noon, "a1", ["a2", "a3"], HealStage.Endings, "c🙂", new HealCounts(Pages: 3, Added: 1), null, null, null);

    private static readonly Friendship Friends = new("a1", "c1", Given.Noon, 3, "a1", "state1", null);

    [Fact]
    public async Task A_run_goes_on_where_it_was_and_once_finished_stays_finished()
    {
        Assert.Null(await The<IHealingStore>().LatestAsync(None));
        await CommitAsync(changes => changes.HealRuns.Add(Run));
        Assert.Null(await The<IHealingStore>().BaselineAsync(None));
        await RestartAsync();
        var latest = (await The<IHealingStore>().LatestAsync(None))!;
        Assert.Equal((Run.Stage, Run.Cursor, Run.After, Run.Counts), (latest.Stage, latest.Cursor, latest.After, latest.Counts));
        Assert.Equal(Run.Advisors, latest.Advisors);

        await CommitAsync(changes => changes.HealRuns.Add(Run.Finish(Given.Noon.AddHours(1))));
        await CommitAsync(changes => changes.HealRuns.Add(Run.Turn("late", new HealCounts())));
        await CommitAsync(changes => changes.HealRuns.Add(Run with { Id = "r2", Reason = HealReason.Outage, StartedAt = Given.Noon.AddDays(1) }));

        Assert.True((await The<IHealingStore>().FindAsync("r1", None))!.IsFinished);
        Assert.Equal(["r2", "r1"], (await The<IHealingStore>().RunsAsync(5, None)).Select(run => run.Id));
        Assert.Equal(Given.Noon, await The<IHealingStore>().BaselineAsync(None));
    }

    [Fact]
    public async Task Requests_findings_and_gaps_come_back_as_they_were()
    {
        var finding = new HealFinding("r1", FindingKind.Ended, "s1", "a1", "c1", null, new FactRef(Given.Monday, "f1"), null, Given.Noon);
        var doubt = new HealFinding("r1", FindingKind.Doubtful, "a2", "a2", null, null, null, "44", Given.Noon.AddSeconds(1));
        var gap = new CountGap(Given.Monday, "a1", "2", CountedThing.Lost, 3, 1, "pull:1", Given.Noon);
        await CommitAsync(changes =>
        {
            changes.HealRequests.AddRange([new(Given.Noon, HealReason.Nightly, "scheduler"), new(Given.Noon.AddMinutes(1), HealReason.Asked, "p1")]);
            changes.HealFindings.AddRange([doubt, finding, finding with { Run = "r2" }]);
            changes.CountGaps.Add(gap);
        });
        await CommitAsync(changes =>
        {
            changes.HealFindings.Add(finding with { Note = "again" });
            changes.CountGaps.Add(gap with { Known = 3, Source = "pull:2" });
        });

        Assert.Equal([new HealRequest(Given.Noon.AddMinutes(1), HealReason.Asked, "p1")], await The<IHealingStore>().RequestsAsync(Given.Noon, None));
        Assert.Equal([finding, doubt], await The<IHealingStore>().FindingsAsync("r1", 10, None));
        Assert.Equal([gap with { Known = 3, Source = "pull:2" }], await The<IHealingStore>().GapsAsync(Given.Monday, Given.Monday, None));
        Assert.Empty(await The<IHealingStore>().GapsAsync(Given.Monday.AddDays(1), Given.Monday.AddDays(9), None));
    }

    [Fact]
    public async Task Named_facts_are_counted_per_advisor_and_day_without_those_that_have_no_time()
    {
        await CommitAsync(changes => changes.Facts.AddRange(
        [
            Given.Fact("added1") with { Advisor = "a1" }, Given.Fact("added2") with { Advisor = "a1" }, Given.Fact("added3") with { Advisor = "a2" },
            Given.Fact("lost1", FactKind.FriendLost) with { Advisor = "a1" }, Given.Fact("lost2", FactKind.FriendLost) with { Advisor = "a1", Class = FactClass.TimeUnknown },
            Given.Fact("other", FactKind.GroupLeft) with { Advisor = "a1" }, Given.Fact("next", day: Given.Monday.AddDays(1)) with { Advisor = "a1" },
        ]));

        Assert.Equal([new NamedCounts("a1", Given.Monday, 2, 1), new("a2", Given.Monday, 1, 0)], await The<IHealingStore>().NamedAsync(Given.Monday, Given.Monday, None));
    }

    [Fact]
    public async Task An_undated_ending_is_found_until_it_is_taken_back()
    {
        var undated = Given.Fact("ended", FactKind.FriendLost) with { Customer = "c1", Class = FactClass.TimeUnknown };
        await CommitAsync(changes => changes.Facts.AddRange([undated, Given.Fact("dated", FactKind.FriendLost) with { Customer = "c1" }]));
        Assert.Equal([undated], await The<IHealingStore>().TimeUnknownAsync("c1", None));

        await CommitAsync(changes => changes.Facts.Add(undated with { Id = "ended:dated", Quantity = -1, Corrects = undated.Ref }));

        Assert.Empty(await The<IHealingStore>().TimeUnknownAsync("c1", None));
    }

    /// <summary>Addition at 0, ending at 1, addition at 2, ending at 3 minutes: any order leads to the same.</summary>
    [Theory]
    [InlineData("A0 L1", null, true)]
    [InlineData("L1 A0", null, true)]
    [InlineData("A0 L1 A2", 2, false)]
    [InlineData("A2 L1 A0", 2, false)]
    [InlineData("A2 A0 L1", 2, false)]
    [InlineData("L1 A2 A0", 2, false)]
    [InlineData("L3 A2 L1 A0", 2, true)]
    [InlineData("A0 A2 L3 L1", 2, true)]
    [InlineData("L1 L3 A0 A2", 2, true)]
    public async Task The_latest_addition_and_the_latest_ending_win_in_any_order(string order, int? since, bool lost)
    {
        foreach (var step in order.Split(' '))
        {
            var at = Given.Noon.AddMinutes(step[1] - '0');
            // An ending carries the addition that was known when it was decided, as callbacks do.
            var known = await The<ICustomerStore>().FindFriendshipAsync("a1", "c1", None);
            await CommitAsync(changes => changes.Friendships.Add(step[0] == 'A'
                ? Friends with { Since = at, State = step, Revision = known?.Revision ?? 0 }
                : known is null ? Friends with { Since = Friendship.SinceUnknown, LostAt = at } : known with { LostAt = at }));
        }

        var friendship = (await The<ICustomerStore>().FindFriendshipAsync("a1", "c1", None))!;
        Assert.Equal(Given.Noon.AddMinutes(since ?? 0), friendship.Since);
        Assert.Equal(lost, friendship.LostAt is not null);
        Assert.Equal(since is 2 ? "A2" : "A0", friendship.State);
    }

    [Fact]
    public async Task Friendships_customers_profiles_and_groups_are_found_many_at_once()
    {
        await CommitAsync(changes =>
        {
            changes.Friendships.AddRange([Friends, Friends with { Customer = "c2", LostAt = Given.Noon.AddDays(1) }, Friends with { Advisor = "a2" }, Friends with { Advisor = "a3" }]);
            changes.Customers.AddRange([new Customer("c1", "张三", "u1"), new Customer("c2", "李四", null)]);
            changes.Profiles.Add(new CustomerProfile("u1", "gold", null, null, null, null, null));
            changes.Groups.AddRange([new CustomerGroup("g1", "群", "a1", Given.Noon, "v", false, null), new CustomerGroup("g2", "群", "a2", Given.Noon, "v", true, null)]);
        });

        var store = The<ICustomerStore>();
        Assert.Equal([("a1", "c1"), ("a1", "c2"), ("a2", "c1")], (await store.FriendshipsAmongAsync(["a1", "a2"], ["c1", "c2", "c3"], None)).Select(one => (one.Advisor, one.Customer)));
        Assert.Empty(await store.FriendshipsAmongAsync([], ["c1"], None));
        Assert.Equal(["c1"], (await store.FriendsOfAsync("a1", None)).Select(one => one.Customer));
        Assert.Equal(["c1", "c2"], (await store.FindManyAsync(["c2", "c1", "c9"], None)).Select(one => one.Id));
        Assert.Equal(["gold"], (await store.FindProfilesAsync(["u1", "u2"], None)).Select(one => one.Tier));
        Assert.Equal(["g1", "g2"], (await The<IGroupStore>().OfOwnersAsync(["a1", "a2"], None)).Select(one => one.ChatId));
    }
}

using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.WeCom;

namespace WeComOps.Tests.Healing;

public sealed class CompareCountsTests
{
    private static readonly DateOnly Day = new(2026, 11, 9);
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 0, 0, 0, TimeSpan.Zero);
    private static readonly Member Advisor = new("a", "n", null, "2", HasCustomers: true, Active: true);

    [Fact]
    public void What_WeCom_counts_and_nobody_can_name_is_a_number()
    {
        var gaps = Decide(added: 5, lost: 2, new NamedCounts("a", Day, Added: 4, Lost: 2));

        var gap = Assert.Single(gaps);
        Assert.Equal((CountedThing.Added, 5, 4, 1, "a", "2", "pull:behavior"), (gap.Thing, gap.Said, gap.Known, gap.Unnamed, gap.Advisor, gap.Branch, gap.Source));
    }

    [Fact]
    public void More_names_than_WeCom_counts_are_a_difference_too() => Assert.Equal(-1, Assert.Single(Decide(added: 1, lost: 0, new NamedCounts("a", Day, 2, 0))).Unnamed);

    [Fact]
    public void Equal_counts_are_no_row() => Assert.Empty(Decide(added: 4, lost: 2, new NamedCounts("a", Day, 4, 2)));

    [Fact]
    public void A_day_that_WeCom_has_not_counted_yet_says_nothing() => Assert.Empty(CompareCounts.Decide(
        Advisor, new BehaviorDay(Day, 0, 0, 0, 0, null, null, 0), new NamedCounts("a", Day, 4, 2), Kept(), "s", Now));

    [Fact]
    public void A_row_that_was_settled_is_written_once_more_and_then_left_alone()
    {
        var open = new CountGap(Day, "a", "2", CountedThing.Added, 5, 4, "old", Now);

        var settled = Assert.Single(Decide(added: 5, lost: 0, new NamedCounts("a", Day, 5, 0), open));
        Assert.Equal(0, settled.Unnamed);
        Assert.Empty(Decide(added: 5, lost: 0, new NamedCounts("a", Day, 5, 0), settled));
    }

    private static IReadOnlyList<CountGap> Decide(int added, int lost, NamedCounts? named, params CountGap[] kept) =>
        [.. CompareCounts.Decide(Advisor, new BehaviorDay(Day, 20, added, 9, 30, null, null, lost), named, Kept(kept), "pull:behavior", Now)];

    private static Dictionary<(string, DateOnly, CountedThing), CountGap> Kept(params CountGap[] gaps) => gaps.ToDictionary(gap => (gap.Advisor, gap.Day, gap.Thing));
}

using WeComOps.Customers;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Tests.Customers;

public sealed class FriendFactsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 9, 4, 0, 0, TimeSpan.Zero);
    private static readonly Friendship Friends = new("a", "c", Noon, 1, "a", null, LostAt: null);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-86400, true)]
    [InlineData(1, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    [InlineData(86400, false)]
    public void An_addition_is_known_unless_it_is_clearly_later(int seconds, bool known) => Assert.Equal(known, Friends.Knows(Noon.AddSeconds(seconds)));

    [Fact]
    public void A_stranger_is_not_known() => Assert.False(((Friendship?)null).Knows(Noon));

    [Fact]
    public void Who_was_only_seen_to_end_was_not_seen_to_be_added() => Assert.False((Friends with { Since = Friendship.SinceUnknown, LostAt = Noon }).Knows(Noon.AddDays(-3)));

    [Fact]
    public void A_loss_in_between_makes_two_additions_of_a_minute()
    {
        var lost = Friends with { LostAt = Noon.AddSeconds(30) };

        Assert.False(lost.Knows(Noon.AddSeconds(60)));
        Assert.Equal(Noon.AddSeconds(60), FriendFacts.TimeOfAddition(lost, Noon.AddSeconds(60)));
    }

    [Fact]
    public void Event_and_list_that_differ_by_a_second_make_one_fact()
    {
        var listed = FriendFacts.Added("a", "c", Noon, null, null, null, "pull:customers", Noon.AddHours(1));
        var said = FriendFacts.TimeOfAddition(Friends, Noon.AddSeconds(1));
        var heard = FriendFacts.Added("a", "c", said, null, null, null, "inbox:1", Noon.AddHours(2));

        Assert.Equal(listed.Ref, heard.Ref);
        Assert.Equal(Noon.AddSeconds(-1), FriendFacts.TimeOfAddition(null, Noon.AddSeconds(-1)));
    }

    [Fact]
    public void The_class_of_an_addition_is_the_same_from_a_list_as_from_an_event()
    {
        Assert.Equal(FactClass.ByAdvisor, ClassOf(new Follow("a", Noon, 2, "a", null, null)));
        Assert.Equal(FactClass.ByCustomer, ClassOf(new Follow("a", Noon, 3, "c", null, null)));
        Assert.Equal(FactClass.Transferred, ClassOf(new Follow("a", Noon, 202, "a", null, null)));
        Assert.Null(ClassOf(null));
    }

    [Fact]
    public void An_undated_ending_lies_on_the_day_of_the_look_and_is_charged_to_nothing()
    {
        // 20:00 UTC is the next day in Shanghai.
        var look = new DateTimeOffset(2026, 11, 9, 20, 0, 0, TimeSpan.Zero);

        var ended = FriendFacts.Ended(Friends, null, "白金", "pull:customer", look);

        Assert.Equal((new DateOnly(2026, 11, 10), FactClass.TimeUnknown, null, null, null), (ended.Day, ended.Class, ended.Content, ended.Cause, ended.Push));
        Assert.EndsWith(FormattableString.Invariant($":after:{Noon.ToUnixTimeSeconds()}"), ended.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_taken_back_counts_nothing_together_with_what_takes_it_back()
    {
        var ended = FriendFacts.Ended(Friends, null, null, "pull:customer", Noon.AddDays(1));

        var taken = FriendFacts.TakenBack(ended, "inbox:1", Noon.AddDays(2));

        Assert.Equal((0L, ended.Ref, ended.Day), (ended.Quantity + taken.Quantity, taken.Corrects, taken.Day));
        Assert.NotEqual(ended.Id, taken.Id);
    }

    private static string? ClassOf(Follow? follow) => FriendFacts.Added("a", "c", Noon, follow, null, null, "s", Noon).Class;
}

using WeComOps.Ledger;
using WeComOps.Links;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class LinkStoreTests : ConformanceTests
{
    private static readonly TrackedLink Link = new("t1", "https://bank.example/p?a=1", Given.Content, "a1", "b1", "基金A", "wealth", Given.Noon);

    private static readonly Click Click = new("k1", "t1", Given.Noon, FactClass.Human, "visitor1", "GET", "Mozilla/5.0 微信");

    [Fact]
    public async Task A_link_and_its_clicks_come_back_as_they_were()
    {
        var shared = Link with { Token = "t2", Advisor = null, Branch = null, Content = Given.Content with { Instruction = null, Variant = null, ProductLine = null } };
        await CommitAsync(changes =>
        {
            changes.Links.AddRange([Link, shared]);
            changes.Clicks.Add(Click);
        });

        Assert.Equal(Link, await The<ILinkStore>().FindAsync("t1", None));
        Assert.Equal(shared, await The<ILinkStore>().FindAsync("t2", None));
        Assert.Null(await The<ILinkStore>().FindAsync("T1", None));
        Assert.Equal(Click, await The<ILinkStore>().FindClickAsync("k1", None));
        Assert.Null(await The<ILinkStore>().FindClickAsync("k2", None));
    }

    [Fact]
    public async Task A_repeat_is_the_same_visitor_on_the_same_link_since_then()
    {
        await CommitAsync(changes => changes.Clicks.Add(Click));

        var store = The<ILinkStore>();
        Assert.True(await store.HasClickSinceAsync("t1", "visitor1", Given.Noon, None));
        Assert.False(await store.HasClickSinceAsync("t1", "visitor1", Given.Noon.AddMilliseconds(1), None));
        Assert.False(await store.HasClickSinceAsync("t1", "visitor2", Given.Noon, None));
        Assert.False(await store.HasClickSinceAsync("t2", "visitor1", Given.Noon, None));
    }

    [Fact]
    public async Task Use_counts_human_clicks_apart_newest_link_first()
    {
        await CommitAsync(changes =>
        {
            changes.Links.AddRange([Link, Link with { Token = "t2", CreatedAt = Given.Noon.AddMilliseconds(1) }]);
            changes.Clicks.AddRange([Click, Click with { Id = "k2" }, Click with { Id = "k3", Class = FactClass.Bot }, Click with { Id = "k4", Class = FactClass.Repeat, Token = "t2" }]);
        });

        Assert.Equal([("t2", 0, 1), ("t1", 2, 1)], (await The<ILinkStore>().ListAsync(10, None)).Select(use => (use.Link.Token, use.HumanClicks, use.OtherClicks)));
        Assert.Equal("t2", Assert.Single(await The<ILinkStore>().ListAsync(1, None)).Link.Token);
    }

    [Fact]
    public async Task A_day_has_one_visitor_key_and_old_ones_are_forgotten()
    {
        var store = The<ILinkStore>();
        var day = new DateOnly(2026, 11, 9);
        var keys = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => store.VisitorKeyAsync(day, None)));
        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal(32, keys[0].Length);

        Assert.NotEqual(keys[0], await store.VisitorKeyAsync(day.AddDays(1), None));
        Assert.Equal(keys[0], await store.VisitorKeyAsync(day, None));
        await store.VisitorKeyAsync(day.AddDays(2), None);
        Assert.Equal(2, await Database.AskAsync("SELECT count(*) FROM visitor_keys"));
    }
}

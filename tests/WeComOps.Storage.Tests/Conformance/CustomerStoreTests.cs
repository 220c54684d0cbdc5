using WeComOps.Customers;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class CustomerStoreTests : ConformanceTests
{
    private static readonly Friendship Friends = new("a1", "c1", Given.Noon, 3, "a1", "state1", null);

    [Fact]
    public async Task Friends_who_part_and_meet_again_are_friends()
    {
        await CommitAsync(changes => changes.Friendships.Add(Friends with { LostAt = Given.Noon.AddDays(1) }));
        Assert.Empty(await The<ICustomerStore>().FriendshipsOfAsync("c1", None));

        var again = Friends with { Since = Given.Noon.AddDays(2), OperUserId = "c1", State = null, Revision = 1 };
        await CommitAsync(changes => changes.Friendships.Add(again));

        again = again with { Revision = 2 };
        Assert.Equal(again, await The<ICustomerStore>().FindFriendshipAsync("a1", "c1", None));
        Assert.Equal(again, Assert.Single(await The<ICustomerStore>().FriendshipsOfAsync("c1", None)));
        Assert.Null(await The<ICustomerStore>().FindFriendshipAsync("c1", "a1", None));
    }

    [Fact]
    public async Task A_friendship_is_written_only_as_it_was_read()
    {
        await CommitAsync(changes => changes.Friendships.Add(Friends));
        var read = (await The<ICustomerStore>().FindFriendshipAsync("a1", "c1", None))!;
        await CommitAsync(changes => changes.Friendships.Add(read with { LostAt = Given.Noon.AddDays(1) }));

        foreach (var stale in (Friendship[])[Friends, read with { LostAt = Given.Noon.AddDays(2) }, read with { Revision = 3 }])
        {
            await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes =>
            {
                changes.Facts.Add(Given.Fact("f1"));
                changes.Friendships.Add(stale);
            }));
        }

        Assert.Equal(Given.Noon.AddDays(1), (await The<ICustomerStore>().FindFriendshipAsync("a1", "c1", None))!.LostAt);
        Assert.Empty(await The<ILedger>().LatestAsync(null, 10, None));
    }

    [Fact]
    public async Task The_tier_comes_from_the_banks_list_by_unionid()
    {
        await CommitAsync(changes =>
        {
            changes.Customers.AddRange([new Customer("c1", "张三", "u1"), new Customer("c2", "李四", "u2"), new Customer("c3", "王五", null)]);
            changes.Profiles.Add(new CustomerProfile("u1", "silver", "26-35", null, null, true, "R3"));
        });
        await CommitAsync(changes => changes.Profiles.Add(new CustomerProfile("u1", "gold", null, null, null, null, null)));

        var store = The<ICustomerStore>();
        Assert.Equal("gold", await store.TierAsync("c1", None));
        Assert.Null(await store.TierAsync("c2", None));
        Assert.Null(await store.TierAsync("c3", None));
        Assert.Equal([KeyValuePair.Create("c1", "gold")], await store.TiersAsync(["c1", "c2", "c3", "c4"], None));
        Assert.Empty(await store.TiersAsync([], None));
        Assert.Equal("c2", await store.FindByUnionIdAsync("u2", None));
        Assert.Null(await store.FindByUnionIdAsync("u3", None));
    }

    [Fact]
    public async Task A_name_finds_the_advisors_present_friends_who_carry_exactly_it()
    {
        await CommitAsync(changes =>
        {
            foreach (var (id, name) in ((string, string)[])[("c1", "张三"), ("c2", "张三"), ("c3", "张三丰"), ("c4", "张三"), ("c5", "张三")])
            {
                changes.Customers.Add(new Customer(id, name, "u" + id));
                changes.Friendships.Add(Friends with { Customer = id, Since = Given.Noon.AddMinutes(id[1] - '0') });
            }

            changes.Friendships.Add(Friends with { Customer = "c4", LostAt = Given.Noon.AddMinutes(9), Revision = 1 });
            changes.Friendships.Add(Friends with { Customer = "c5", Advisor = "a2" });
            changes.Friendships.Add(Friends with { Customer = "c5", LostAt = Given.Noon.AddMinutes(9), Revision = 1 });
            changes.Profiles.Add(new CustomerProfile("uc2", "gold", null, null, null, null, null));
        });

        var found = await The<ICustomerStore>().FindByNameAsync("a1", "张三", 5, None);

        Assert.Equal(
            [new KnownCustomer("c2", "张三", "uc2", "gold", Given.Noon.AddMinutes(2)), new("c1", "张三", "uc1", null, Given.Noon.AddMinutes(1))], found);
    }

    [Fact]
    public async Task Present_friends_are_counted_per_advisor()
    {
        await CommitAsync(changes => changes.Friendships.AddRange(
        [
            Friends, Friends with { Customer = "c2" }, Friends with { Customer = "c3", LostAt = Given.Noon }, Friends with { Advisor = "a2" },
            Friends with { Advisor = "a3", LostAt = Given.Noon },
        ]));

        Assert.Equal([("a1", 2), ("a2", 1)], await The<ICustomerStore>().CountByAdvisorAsync(None));
    }
}

using WeComOps.Directory;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class DirectoryStoreTests : ConformanceTests
{
    [Fact]
    public async Task Branches_and_members_are_replaced_by_key_and_listed_in_order()
    {
        var member = new Member("a2", "李四", null, "b1", true, true);
        await CommitAsync(changes =>
        {
            changes.Branches.AddRange([new Branch("2", "二支行", "1"), new Branch("1", "总行", null)]);
            changes.Members.AddRange([member, member with { UserId = "a1", Title = "理财经理" }]);
        });

        await CommitAsync(changes => changes.Members.Add(member with { Active = false, HasCustomers = false, BranchId = "2" }));

        var store = The<IDirectoryStore>();
        Assert.Equal(1, await store.CountAdvisorsAsync(None));
        Assert.Equal([new Branch("1", "总行", null), new Branch("2", "二支行", "1")], await store.BranchesAsync(None));
        Assert.Equal(["a1", "a2"], (await store.MembersAsync(None)).Select(one => one.UserId));
        Assert.Equal(member with { Active = false, HasCustomers = false, BranchId = "2" }, await store.FindMemberAsync("a2", None));
        Assert.Null(await store.FindMemberAsync("a3", None));
    }

    [Fact]
    public async Task Leave_is_read_by_day_once_however_often_it_was_told()
    {
        Leave On(int day) => new("a1", Given.Monday.AddDays(day));
        await CommitAsync(changes => changes.Leave.AddRange([On(7), On(0), On(6), On(-1), On(0)]));

        Assert.Equal([On(0), On(6)], await The<IDirectoryStore>().LeaveAsync(Given.Monday, Given.Monday.AddDays(6), None));
    }
}

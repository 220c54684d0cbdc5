using WeComOps.Customers;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class GroupStoreTests : ConformanceTests
{
    private static readonly CustomerGroup Group = new("g1", "理财群🙂", "a1", Given.Noon, "v1", false, "i1");

    [Fact]
    public async Task A_group_is_replaced_by_what_is_known_later()
    {
        await CommitAsync(changes => changes.Groups.AddRange([Group, Group with { ChatId = "g0", Instruction = null }]));

        await CommitAsync(changes => changes.Groups.Add(Group with { Dismissed = true, MemberVersion = "v2", Revision = 1 }));

        Assert.Equal(Group with { Dismissed = true, MemberVersion = "v2", Revision = 2 }, await The<IGroupStore>().FindAsync("g1", None));
        Assert.Equal(["g0", "g1"], (await The<IGroupStore>().ListAsync(None)).Select(group => group.ChatId));
        Assert.Null(await The<IGroupStore>().FindAsync("g2", None));
    }

    [Fact]
    public async Task A_group_is_written_only_as_it_was_read_and_its_members_with_it()
    {
        await CommitAsync(changes => changes.Groups.Add(Group));
        var read = (await The<IGroupStore>().FindAsync("g1", None))!;
        await CommitAsync(changes => changes.Groups.Add(read with { Name = "新名" }));

        foreach (var stale in (CustomerGroup[])[Group, read with { Dismissed = true }])
        {
            await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes =>
            {
                changes.Groups.Add(stale);
                changes.GroupMembers.Add(new GroupMembership("g1", "c1", Given.Noon, null, null));
            }));
        }

        Assert.Equal(("新名", false), ((await The<IGroupStore>().FindAsync("g1", None))!.Name, (await The<IGroupStore>().FindAsync("g1", None))!.Dismissed));
        Assert.Empty(await The<IGroupStore>().MembersAsync("g1", None));
    }

    [Fact]
    public async Task Who_leaves_and_joins_again_was_a_member_twice()
    {
        var first = new GroupMembership("g1", "c1", Given.Noon, null, "join1");
        await CommitAsync(changes =>
        {
            changes.Groups.AddRange([Group, Group with { ChatId = "g2", Owner = "a2" }]);
            changes.GroupMembers.AddRange([first, first with { ChatId = "g2" }]);
        });
        var left = first with { LeftAt = Given.Noon.AddMilliseconds(5) };
        var second = first with { JoinedAt = Given.Noon.AddMilliseconds(9), State = null };

        await CommitAsync(changes => changes.GroupMembers.AddRange([second, left]));

        Assert.Equal([left, second], await The<IGroupStore>().MembersAsync("g1", None));
        Assert.Equal([left, second], await The<IGroupStore>().MembershipsAsync("a1", "c1", None));
        Assert.Equal("g2", Assert.Single(await The<IGroupStore>().MembershipsAsync("a2", "c1", None)).ChatId);
    }

    [Fact]
    public async Task A_join_code_is_found_by_state_and_by_group()
    {
        var code = new JoinCode("state1", "g1", "a1", "i1", null, null);
        await CommitAsync(changes => changes.JoinCodes.Add(code));
        await CommitAsync(changes => changes.JoinCodes.Add(code with { ConfigId = "cfg", QrCode = "https://example.com/q" }));

        var complete = code with { ConfigId = "cfg", QrCode = "https://example.com/q" };
        Assert.Equal(complete, await The<IGroupStore>().FindJoinCodeAsync("state1", None));
        Assert.Equal(complete, await The<IGroupStore>().FindJoinCodeOfAsync("g1", None));
        Assert.Null(await The<IGroupStore>().FindJoinCodeOfAsync("g2", None));
    }
}

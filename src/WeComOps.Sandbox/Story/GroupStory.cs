using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;

namespace WeComOps.Sandbox.Story;

/// <summary>How customer groups are built on instruction, joined and left.</summary>
internal sealed class GroupStory(World world, Callbacks callbacks)
{
    private readonly HashSet<(int Advisor, string Name)> _told = [];

    /// <summary>The task to build a group was read. A diligent advisor builds it before the deadline; a few get the name wrong.</summary>
    public void OnTask(Advisor advisor, string name, DateTimeOffset deadline, DateTimeOffset now)
    {
        if (!_told.Add((advisor.Index, name))) return;
        var tie = (long)Dice.Hash(name);
        if (!world.Dice.Chance(advisor.Diligence, "build", advisor.Index, tie)) return;
        var minutes = 30 + world.Dice.Below(900, "build-delay", advisor.Index, tie);
        var due = world.Calendar.After(advisor, now, minutes, 9 * 60, 17 * 60 + 30);
        if (due > deadline) due = world.Calendar.After(advisor, now, minutes / 8, 9 * 60, 17 * 60 + 30);
        if (due is not { } at || at > deadline) return;
        var used = world.Dice.Chance(0.04, "misname", advisor.Index, tie) ? name.Replace('·', '-') + "群" : name;
        world.Agenda.Plan(at, Act.GroupCreated, advisor.Index, 0, (ulong)tie, tick => Create(advisor, used, tie, tick));
    }

    public CustomerGroup Create(Advisor advisor, string name, long tie, DateTimeOffset at)
    {
        var group = new CustomerGroup(world.Dice.Id("wr", 30, "chat-built", advisor.Index, tie, at.ToUnixTimeSeconds()), name, advisor, at);
        world.Groups.Add(group.ChatId, group);
        advisor.Groups.Add(group);
        world.Journal.Built.Add(new Built(group, at));
        world.Journal.Note(at, "group_created", advisor.UserId, reference: group.ChatId, text: name);
        callbacks.GroupCreated(group, at);
        var count = 3 + world.Dice.Below(6, "build-size", advisor.Index, tie);
        List<Customer> invited = [.. advisor.Friends.Where(friend => friend.Active)
            .OrderBy(friend => world.Dice.Bits("invite", advisor.Index, friend.Customer.Index, tie)).Take(count).Select(friend => friend.Customer)];
        foreach (var customer in invited)
        {
            group.Members.Add(new GroupMember(customer, at, 1, null));
            world.Journal.Joins.Add(new Joined(group, customer, at, false, null));
            world.Journal.Note(at, "group_joined", advisor.UserId, customer.ExternalUserId, group.ChatId);
        }

        callbacks.MembersAdded(group, invited, 0, at);
        return group;
    }

    /// <summary>A customer scans the join code.</summary>
    public bool Scan(JoinWay way, Customer customer, DateTimeOffset at)
    {
        var group = way.ChatIds.Select(id => world.Groups.GetValueOrDefault(id)).FirstOrDefault(found => found is not null);
        if (group is null || group.Has(customer)) return false;
        group.Members.Add(new GroupMember(customer, at, 3, way.State));
        world.Journal.Joins.Add(new Joined(group, customer, at, true, way.State));
        world.Journal.Note(at, "group_joined", group.Owner.UserId, customer.ExternalUserId, group.ChatId, way.State);
        callbacks.MembersAdded(group, [customer], 3, at);
        return true;
    }

    public void Leave(CustomerGroup group, Customer customer, DateTimeOffset at)
    {
        if (group.Members.RemoveAll(member => member.Customer == customer) == 0) return;
        world.Journal.Note(at, "group_left", group.Owner.UserId, customer.ExternalUserId, group.ChatId);
        callbacks.MembersLeft(group, [customer], at);
    }
}

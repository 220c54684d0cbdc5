using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>What happens on any day without an instruction: people come by themselves, go, ask, and buy at the counter.</summary>
internal sealed class DailyLife(World world, FriendStory friends, GroupStory groups, QuestionStory questions, Shopping shopping)
{
    private const double LeavesPerDay = 0.0003;
    private const int Wakes = 7 * 60 + 30;
    private const int Sleeps = 22 * 60 + 30;

    public void Begin()
    {
        for (var day = world.Options.FirstMonday; day < world.Options.FirstMonday.AddDays(world.Options.Weeks * 7); day = day.AddDays(1))
        {
            var today = day;
            world.Agenda.Plan(ShanghaiTime.At(day, 5), Act.Plan, 0, 0, 0, _ => PlanDay(today));
        }
    }

    private void PlanDay(DateOnly day)
    {
        foreach (var advisor in world.Advisors)
        {
            PlanComing(advisor, day);
            PlanGoing(advisor, day);
            PlanQuestion(advisor, day);
            PlanCounter(advisor, day);
        }
    }

    private void PlanComing(Advisor advisor, DateOnly day)
    {
        var draw = world.Dice.Unit("comes", advisor.Index, day.DayNumber);
        if (draw >= 0.15) return;
        // Most scan the advisor's code; now and then the branch assigns somebody (add_way 202), started by a colleague.
        var assigned = draw < 0.012;
        var colleague = world.Advisors[(advisor.Index + 6) % world.Advisors.Count].UserId;
        world.Agenda.Plan(Some(day, 8 * 60, 21 * 60, "comes-when", advisor.Index), Act.FriendAdded, advisor.Index, -1, 0, at =>
        {
            if (advisor.Prospects.TryDequeue(out var customer))
                friends.Add(advisor, customer, assigned ? colleague : customer.ExternalUserId, assigned ? 202 : 1, at);
        });
    }

    private void PlanGoing(Advisor advisor, DateOnly day)
    {
        var known = ShanghaiTime.At(day.AddDays(-3), 0);
        foreach (var friend in advisor.Friends)
        {
            var customer = friend.Customer.Index;
            if (!friend.Active || friend.Leaving || friend.Since > known || !world.Dice.Chance(LeavesPerDay, "goes", advisor.Index, customer, day.DayNumber)) continue;
            friend.Leaving = true;
            world.Agenda.Plan(Some(day, Wakes, Sleeps, "goes-when", customer), Act.Lost, advisor.Index, customer, 0, at => friends.Lose(friend, at, "base"));
        }

        if (world.Dice.Chance(0.002, "blocked", advisor.Index, day.DayNumber)) advisor.On(day).NegativeFeedback++;
        if (world.Dice.Chance(0.001, "removes", advisor.Index, day.DayNumber) && world.Calendar.Works(advisor, day))
        {
            var friend = world.Dice.Pick(advisor.Friends, "removes-whom", advisor.Index, day.DayNumber);
            if (friend.Leaving) return;
            friend.Leaving = true;
            world.Agenda.Plan(Some(day, 9 * 60, 17 * 60, "removes-when", advisor.Index), Act.Lost, advisor.Index, friend.Customer.Index, 1, at => friends.Remove(friend, at));
        }

        foreach (var group in advisor.Groups)
        {
            if (group.Members.Count < 8 || !world.Dice.Chance(0.01, "group-leaves", advisor.Index, day.DayNumber, (long)Dice.Hash(group.ChatId))) continue;
            var member = world.Dice.Pick(group.Members, "group-leaves-who", advisor.Index, day.DayNumber).Customer;
            world.Agenda.Plan(Some(day, Wakes, Sleeps, "group-leaves-when", advisor.Index), Act.GroupChanged, advisor.Index, member.Index, 2, at => groups.Leave(group, member, at));
        }
    }

    private void PlanQuestion(Advisor advisor, DateOnly day)
    {
        if (!world.Calendar.Works(advisor, day) || !world.Dice.Chance(0.06, "asks", advisor.Index, day.DayNumber)) return;
        var friend = world.Dice.Pick(advisor.Friends, "asks-who", advisor.Index, day.DayNumber);
        if (friend.Since > ShanghaiTime.At(day.AddDays(-3), 0)) return;
        var topic = Topics.Any(friend.Customer.Interest, world.Dice.Unit("asks-what", advisor.Index, day.DayNumber));
        world.Agenda.Plan(Some(day, 8 * 60 + 30, 21 * 60 + 30, "asks-when", advisor.Index), Act.Asked, advisor.Index, friend.Customer.Index, 0, at => questions.Ask(advisor, friend.Customer, topic, at));
    }

    private void PlanCounter(Advisor advisor, DateOnly day)
    {
        if (!world.Dice.Chance(0.03, "counter", advisor.Index, day.DayNumber)) return;
        var friend = world.Dice.Pick(advisor.Friends, "counter-who", advisor.Index, day.DayNumber);
        var faceToFace = world.Calendar.IsWorkday(day) && world.Dice.Chance(0.5, "counter-face", advisor.Index, day.DayNumber);
        world.Agenda.Plan(Some(day, 9 * 60 + 30, 17 * 60, "counter-when", advisor.Index), Act.Sold, 2, friend.Customer.Index, 0, at => shopping.SellAtCounter(friend.Customer, faceToFace, day.DayNumber, at));
    }

    private DateTimeOffset Some(DateOnly day, int from, int to, string kind, long a) =>
        ShanghaiTime.TickAtOrBefore(ShanghaiTime.At(day, from + world.Dice.Below(to - from, kind, a, day.DayNumber)));
}

using System.Text.RegularExpressions;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;

namespace WeComOps.Sandbox.Story;

/// <summary>How friendships begin and end: requests sent on the day's target, acceptances, people who come by themselves, deletions.</summary>
internal sealed partial class FriendStory(World world, Callbacks callbacks, GroupStory groups)
{
    private const int Opens = 9 * 60;
    private const int Closes = 17 * 60 + 30;
    private const int PlainCopyLength = 40;

    private static readonly string[] OfferWords =
        ["福利", "立减金", "优惠", "专属", "高收益", "好礼", "礼品", "免费", "积分", "红包", "抽奖", "回馈", "特权", "限时", "稳赚", "满减", "权益"];

    /// <summary>Chance that a request with this copy is accepted: who you are and nothing else works best.</summary>
    public static double AcceptChance(string? copy)
    {
        if (string.IsNullOrWhiteSpace(copy)) return 0.12;
        var offers = OfferWords.Any(word => copy.Contains(word, StringComparison.Ordinal)) || Percentage().IsMatch(copy);
        return !offers && copy.Trim().Length <= PlainCopyLength ? 0.24 : 0.07;
    }

    /// <summary>The day's target was read: plans the requests of the day and who accepts them. The first target of a day counts.</summary>
    public void OnTarget(Advisor advisor, int target, DateTimeOffset now)
    {
        var day = ShanghaiTime.Day(now);
        if (!advisor.ToldTarget.TryAdd(day, target)) return;
        if (advisor.Copy is not null) advisor.Copies.TryAdd(day, advisor.Copy);
        var starts = Math.Max(Opens, ShanghaiTime.Minute(now) + 5);
        if (!world.Calendar.Works(advisor, day) || starts >= Closes) return;
        var sent = RequestsOf(advisor, target, day);
        // Who is told late has less of the day left.
        sent = (int)Math.Round(sent * Math.Min(1.0, (Closes - starts) / 180.0), MidpointRounding.AwayFromZero);
        var chance = AcceptChance(advisor.Copy);
        for (var i = 0; i < sent; i++) PlanAnswer(advisor, day, i, starts, chance);
        world.Agenda.Plan(ShanghaiTime.At(day, Closes), Act.Plan, advisor.Index, 0, 0, at =>
        {
            advisor.RequestsSent[day] = sent;
            advisor.On(day).Applied += sent;
            world.Journal.Note(at, "requests_sent", advisor.UserId, number: sent);
        });
    }

    public void Add(Advisor advisor, Customer customer, string operUserId, int addWay, DateTimeOffset at)
    {
        if (advisor.FriendsByCustomer.ContainsKey(customer.Index)) return;
        var friend = new Friendship(advisor, customer, at, operUserId, addWay);
        advisor.Friends.Add(friend);
        advisor.FriendsByCustomer.Add(customer.Index, friend);
        customer.Advisors.Add(friend);
        advisor.On(ShanghaiTime.Day(at)).Added++;
        world.Journal.Acceptances.Add(new Acceptance(friend, at));
        world.Journal.Note(at, "friend_added", advisor.UserId, customer.ExternalUserId, number: addWay);
        var welcome = world.Dice.Id("WC", 40, "welcome", advisor.Index, customer.Index);
        world.WelcomeCodes[welcome] = new WelcomeCode(friend, world.Clock.GetUtcNow());
        callbacks.FriendAdded(friend, at, welcome);
    }

    /// <summary>The customer deletes the advisor, and often leaves their groups too.</summary>
    public void Lose(Friendship friend, DateTimeOffset at, string why)
    {
        if (!friend.Active) return;
        friend.LostAt = at;
        friend.Advisor.On(ShanghaiTime.Day(at)).NegativeFeedback++;
        world.Journal.Losses.Add(new Loss(friend, at));
        world.Journal.Note(at, "friend_lost", friend.Advisor.UserId, friend.Customer.ExternalUserId, text: why);
        callbacks.FriendLost(friend, at);
        if (!world.Dice.Chance(0.5, "loss-leaves", friend.Advisor.Index, friend.Customer.Index)) return;
        foreach (var group in friend.Advisor.Groups) groups.Leave(group, friend.Customer, at);
    }

    public void Remove(Friendship friend, DateTimeOffset at)
    {
        if (!friend.Active) return;
        friend.RemovedByAdvisor = true;
        world.Journal.Note(at, "friend_removed", friend.Advisor.UserId, friend.Customer.ExternalUserId);
        callbacks.FriendRemoved(friend, at);
    }

    private int RequestsOf(Advisor advisor, int target, DateOnly day)
    {
        var draw = world.Dice.Unit("requests", advisor.Index, day.DayNumber);
        if (draw < advisor.Diligence * 0.35) return target;
        if (draw < advisor.Diligence * 0.45) return target + 1 + world.Dice.Below(3, "requests-more", advisor.Index, day.DayNumber);
        var effort = Math.Clamp(advisor.Diligence + (world.Dice.Unit("effort", advisor.Index, day.DayNumber) - 0.55) * 0.25, 0, 1);
        return (int)Math.Round(target * effort, MidpointRounding.AwayFromZero);
    }

    private void PlanAnswer(Advisor advisor, DateOnly day, int request, int starts, double chance)
    {
        if (!world.Dice.Chance(chance, "accept", advisor.Index, day.DayNumber, request)) return;
        var sentAt = starts + world.Dice.Below(Closes - starts, "request-minute", advisor.Index, day.DayNumber, request);
        var late = world.Dice.Unit("accept-day", advisor.Index, day.DayNumber, request);
        var days = late < 0.55 ? 0 : late < 0.80 ? 1 : late < 0.92 ? 2 : 3;
        var from = days == 0 ? sentAt + 5 : 8 * 60;
        var minute = from + world.Dice.Below(21 * 60 - from, "accept-minute", advisor.Index, day.DayNumber, request);
        var due = ShanghaiTime.TickAfter(ShanghaiTime.At(day.AddDays(days), minute).AddMinutes(-5));
        world.Agenda.Plan(due, Act.FriendAdded, advisor.Index, request, (ulong)day.DayNumber, at =>
        {
            if (advisor.Prospects.TryDequeue(out var customer)) Add(advisor, customer, advisor.UserId, 2, at);
        });
    }

    [GeneratedRegex("[0-9]\\s*[%％]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Percentage();
}

/// <summary>Permits one welcome message within 20 seconds of the event (WeCom doc 92137).</summary>
internal sealed record WelcomeCode(Friendship Friend, DateTimeOffset IssuedAt)
{
    public bool Used { get; set; }
}

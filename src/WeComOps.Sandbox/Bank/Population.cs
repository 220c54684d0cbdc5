using System.Globalization;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Bank;

/// <summary>The people of the first morning: advisors, their friends and groups, and the prospects who may become friends.</summary>
internal sealed class Population
{
    /// <summary>Prospects per advisor and week: forty requests a day would not use them up.</summary>
    private const int ProspectsPerWeek = 40;

    private static readonly string[] AgeBands = ["18-25", "26-35", "26-35", "36-45", "36-45", "46-55", "56+"];
    private static readonly string[] LifeCycles = ["新客", "成长", "活跃", "活跃", "风险", "流失"];
    private static readonly string[] Interests = ["fund", "deposit", "deposit", "gold", "insurance", "wealth", "wealth", "loan", "benefits", "benefits", "other"];

    private readonly SandboxOptions _options;
    private readonly Dice _dice;
    private readonly DateTimeOffset _start;

    public Population(SandboxOptions options, Dice dice, WorkCalendar calendar)
    {
        _options = options;
        _dice = dice;
        _start = ShanghaiTime.At(options.FirstMonday, 0);
        for (var i = 0; i < options.Advisors; i++) Advisors.Add(NewAdvisor(i));
        foreach (var advisor in Advisors) PlanLeave(advisor, calendar);
        foreach (var advisor in Advisors) MakeFriends(advisor);
        if (Advisors.Count > 1) foreach (var advisor in Advisors) ShareFriends(advisor);
        foreach (var advisor in Advisors) MakeProspects(advisor);
        foreach (var advisor in Advisors) MakeGroup(advisor);
    }

    public List<Advisor> Advisors { get; } = [];

    public List<Customer> Customers { get; } = [];

    private Advisor NewAdvisor(int index)
    {
        var branch = Branch.All[index % Branch.All.Count];
        var diligence = Math.Clamp(branch.Diligence + (_dice.Unit("diligence", index) - 0.5) * 0.12, 0.05, 0.99);
        var name = Names.Person(_dice, "advisor-name", index, 1 + _dice.Below(2, "advisor-gender", index));
        var userId = string.Create(CultureInfo.InvariantCulture, $"adv_{index + 1:000}");
        return new Advisor(index, userId, name, index % 3 == 0 ? "客户经理" : "理财经理", branch, diligence);
    }

    private void PlanLeave(Advisor advisor, WorkCalendar calendar)
    {
        if (!_dice.Chance(0.25, "leave", advisor.Index)) return;
        var day = _options.FirstMonday.AddDays(_dice.Below(Math.Max(1, _options.Weeks * 7 - 3), "leave-day", advisor.Index));
        var left = 1 + _dice.Below(3, "leave-length", advisor.Index);
        var end = _options.FirstMonday.AddDays(_options.Weeks * 7);
        for (; left > 0 && day < end; day = day.AddDays(1))
        {
            if (!calendar.IsWorkday(day)) continue;
            advisor.Leave.Add(day);
            left--;
        }
    }

    private void MakeFriends(Advisor advisor)
    {
        var count = _options.FriendsPerAdvisor + _dice.Below(_options.FriendsPerAdvisor / 3 + 1, "friends", advisor.Index) - _options.FriendsPerAdvisor / 6;
        for (var i = 0; i < count; i++)
        {
            // A few customers of one advisor bear the same name: a question that names them is ambiguous.
            var namesake = i > 0 && _dice.Chance(0.02, "namesake", advisor.Index, i) ? advisor.Friends[^1].Customer.Name : null;
            Befriend(advisor, NewCustomer(namesake));
        }
    }

    private void ShareFriends(Advisor advisor)
    {
        var other = Advisors[(advisor.Index + 7) % Advisors.Count];
        if (other == advisor) other = Advisors[(advisor.Index + 1) % Advisors.Count];
        var shared = Math.Max(1, _options.FriendsPerAdvisor * 3 / 100);
        for (var i = 0; i < shared; i++)
        {
            var customer = _dice.Pick(other.Friends, "shared", advisor.Index, i).Customer;
            if (!advisor.FriendsByCustomer.ContainsKey(customer.Index)) Befriend(advisor, customer);
        }
    }

    private void MakeProspects(Advisor advisor)
    {
        for (var i = 0; i < ProspectsPerWeek * _options.Weeks; i++) advisor.Prospects.Enqueue(NewCustomer(null));
    }

    private void MakeGroup(Advisor advisor)
    {
        var created = _start.AddDays(-30 - _dice.Below(200, "group-age", advisor.Index)).AddHours(10);
        var group = new CustomerGroup(_dice.Id("wr", 30, "chat", advisor.Index), $"{advisor.Branch.Name}·{advisor.Name}理财交流群", advisor, created);
        var count = Math.Min(advisor.Friends.Count, 12 + _dice.Below(19, "group-size", advisor.Index));
        foreach (var friend in advisor.Friends.OrderBy(friend => _dice.Bits("group-member", advisor.Index, friend.Customer.Index)).Take(count))
            group.Members.Add(new GroupMember(friend.Customer, created, 1, null));
        advisor.Groups.Add(group);
    }

    private void Befriend(Advisor advisor, Customer customer)
    {
        var since = _start.AddDays(-30 - _dice.Below(670, "since", advisor.Index, customer.Index)).AddHours(9).AddMinutes(_dice.Below(600, "since-minute", advisor.Index, customer.Index));
        var byAdvisor = _dice.Chance(0.6, "since-way", advisor.Index, customer.Index);
        var friend = new Friendship(advisor, customer, since, byAdvisor ? advisor.UserId : customer.ExternalUserId, byAdvisor ? 2 : 1);
        advisor.Friends.Add(friend);
        advisor.FriendsByCustomer.Add(customer.Index, friend);
        customer.Advisors.Add(friend);
    }

    private Customer NewCustomer(string? name)
    {
        var index = Customers.Count;
        var gender = 1 + _dice.Below(2, "gender", index);
        var rank = _dice.Unit("tier", index);
        var tier = rank < 0.03 ? "私行" : rank < 0.12 ? "白金" : rank < 0.38 ? "金卡" : "普通";
        var payroll = _dice.Chance(0.4, "payroll", index);
        var customer = new Customer(index, _dice.Id("wm", 30, "external", index), _dice.Id("o", 27, "union", index), name ?? Names.Person(_dice, "customer-name", index, gender), gender)
        {
            Tier = tier,
            Valuable = _options.ValuableTiers.Contains(tier, StringComparer.Ordinal),
            AgeBand = _dice.Pick(AgeBands, "age", index),
            Segment = tier is "白金" or "私行" ? "财富" : payroll ? "代发" : "长尾",
            LifeCycle = _dice.Pick(LifeCycles, "life", index),
            Payroll = payroll,
            RiskLevel = string.Create(CultureInfo.InvariantCulture, $"R{1 + _dice.Below(5, "risk", index)}"),
            Interest = _dice.Pick(Interests, "interest", index),
        };
        Customers.Add(customer);
        return customer;
    }
}

using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Bank;

/// <summary>A member of the tenant: who they are, whom they follow, what they were told and what they did.</summary>
internal sealed class Advisor(int index, string userId, string name, string position, Branch branch, double diligence)
{
    public int Index { get; } = index;

    public string UserId { get; } = userId;

    public string Name { get; } = name;

    public string Position { get; } = position;

    public Branch Branch { get; } = branch;

    /// <summary>Chance that an instruction is carried out, between 0 and 1; depends on branch and person, never on content.</summary>
    public double Diligence { get; } = diligence;

    public HashSet<DateOnly> Leave { get; } = [];

    /// <summary>Everybody ever added, in the order of adding; ended friendships stay, as WeCom keeps showing who deleted the member.</summary>
    public List<Friendship> Friends { get; } = [];

    public Dictionary<int, Friendship> FriendsByCustomer { get; } = [];

    public List<CustomerGroup> Groups { get; } = [];

    /// <summary>People of the bank who are nobody's friend yet and may accept this advisor.</summary>
    public Queue<Customer> Prospects { get; } = new();

    public string? Copy { get; set; }

    public SortedDictionary<DateOnly, int> ToldTarget { get; } = [];

    public SortedDictionary<DateOnly, string> Copies { get; } = [];

    public SortedDictionary<DateOnly, int> RequestsSent { get; } = [];

    public Dictionary<DateOnly, DayCounts> Days { get; } = [];

    /// <summary>What the app sent, oldest first.</summary>
    public List<AppMessage> Inbox { get; } = [];

    public DayCounts On(DateOnly day) => Days.TryGetValue(day, out var counts) ? counts : Days[day] = new DayCounts();

    /// <summary>Customers with that name among everybody ever added; two or more make a name ambiguous.</summary>
    public IEnumerable<Friendship> Named(string customerName) => Friends.Where(friend => friend.Customer.Name == customerName && !friend.RemovedByAdvisor);
}

/// <summary>What the behaviour statistics of one advisor and day are made of (WeCom doc 92132).</summary>
internal sealed class DayCounts
{
    public int Applied { get; set; }

    public int Added { get; set; }

    public int NegativeFeedback { get; set; }
}

using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;

namespace WeComOps.Sandbox.Story;

/// <summary>
/// The state of tenant and bank. Whoever reads or changes it holds <see cref="Gate"/>; nothing waits for the network while holding it:
/// what must go out is put into <see cref="Outgoing"/> and delivered afterwards.
/// </summary>
internal sealed class World
{
    public World(SandboxOptions options, TimeProvider clock)
    {
        Options = options;
        Clock = clock;
        Dice = new Dice(options.Seed);
        Faults = options.Faults;
        Calendar = new WorkCalendar(options);
        Market = new Market(Dice, Calendar);
        var population = new Population(options, Dice, Calendar);
        Advisors = population.Advisors;
        Customers = population.Customers;
        AdvisorsById = Advisors.ToDictionary(advisor => advisor.UserId, StringComparer.OrdinalIgnoreCase);
        CustomersById = Customers.ToDictionary(customer => customer.ExternalUserId, StringComparer.Ordinal);
        foreach (var group in Advisors.SelectMany(advisor => advisor.Groups)) Groups.Add(group.ChatId, group);
    }

    public Lock Gate { get; } = new();

    public SandboxOptions Options { get; }

    public TimeProvider Clock { get; }

    public Dice Dice { get; }

    public WorkCalendar Calendar { get; }

    public Market Market { get; }

    public Agenda Agenda { get; } = new();

    public Journal Journal { get; } = new();

    public SandboxFaults Faults { get; set; }

    public IReadOnlyList<Advisor> Advisors { get; }

    public IReadOnlyList<Customer> Customers { get; }

    public Dictionary<string, Advisor> AdvisorsById { get; }

    public Dictionary<string, Customer> CustomersById { get; }

    public Dictionary<string, CustomerGroup> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, MomentJob> Jobs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Moment> Moments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, MassMessage> MassMessages { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JoinWay> JoinWays { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, WelcomeCode> WelcomeCodes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ResponseCode> ResponseCodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Uploaded media by id; what they are, not the bytes.</summary>
    public Dictionary<string, Media> Media { get; } = new(StringComparer.Ordinal);

    /// <summary>Corp tags by id.</summary>
    public Dictionary<string, CorpTag> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Deliveries that the acts of this tick produced, in order.</summary>
    public List<Delivery> Outgoing { get; } = [];

    /// <summary>Own address, for the join codes.</summary>
    public Uri BaseUrl { get; set; } = new("http://127.0.0.1/");

    public DateTimeOffset Start => ShanghaiTime.At(Options.FirstMonday, 0);

    public DateTimeOffset End => Start.AddDays(Options.Weeks * 7);
}

/// <summary>Something that goes out over the network. Deliveries of one lane keep their order; lanes run side by side.</summary>
internal sealed record Delivery(string Lane, Func<CancellationToken, Task> Run);

/// <summary>Permits one update of a card within 72 hours (WeCom doc 94888).</summary>
internal sealed record ResponseCode(Advisor Advisor, AppMessage Card, DateTimeOffset IssuedAt)
{
    public bool Used { get; set; }
}

/// <summary>A corp tag (企业标签).</summary>
internal sealed record CorpTag(string Id, string Name, string GroupId, string GroupName, DateTimeOffset CreatedAt);

/// <summary>An uploaded file, valid for three days; those for moments cannot be used elsewhere (WeCom docs 90253, 95098).</summary>
/// <param name="Digest">SHA-256 of the bytes, 64 hex digits: the books tell by it which picture a post showed.</param>
internal sealed record Media(string MediaId, string Type, bool ForMoments, DateTimeOffset At, string Digest)
{
    public bool Usable(string type, bool forMoments, DateTimeOffset now) => Type == type && ForMoments == forMoments && now - At < TimeSpan.FromDays(3);
}

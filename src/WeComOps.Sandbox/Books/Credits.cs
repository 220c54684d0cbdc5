using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Books;

/// <summary>A question or loss and the exposure it is charged to.</summary>
/// <param name="Kind">investment, benefits or loss; other questions are charged to nothing.</param>
/// <param name="To">Moment or message id.</param>
/// <param name="Tied">Other exposures at exactly the same time.</param>
internal sealed record Credit(string Kind, Advisor Advisor, Customer Customer, DateTimeOffset At, string To, IReadOnlyList<string> Tied);

/// <summary>
/// Charges each question and loss once, to the last exposure of that customer by that advisor strictly before it and at most 48 hours
/// ago. A moment counts from when an answer first showed it, a group post from when it was sent, provided it was shown before.
/// </summary>
internal sealed class Credits
{
    private static readonly TimeSpan Reach = TimeSpan.FromHours(48);
    private readonly Dictionary<Advisor, List<Exposure>> _exposures = [];

    private Credits(World world)
    {
        foreach (var moment in world.Moments.Values)
            foreach (var publication in moment.Publications.Values)
                if (publication.ServedAt is { } served)
                    Add(publication.Advisor, new Exposure(served, served, moment.MomentId, customer => Saw(moment, publication, customer)));
        foreach (var message in world.MassMessages.Values.Where(message => message.ToGroups))
            foreach (var sending in message.Sendings)
                if (sending is { SentAt: { } sent, ServedAt: { } served })
                    Add(sending.Sender, new Exposure(sent, served, message.MessageId, Members(sending)));
        foreach (var list in _exposures.Values) list.Sort(static (x, y) => x.Order(y));
        var journal = world.Journal;
        foreach (var question in journal.Questions.Where(question => question.Identified is not null && (question.Investment || question.Topic == Topics.Benefits)))
            Charge(question.Investment ? "investment" : "benefits", question.Advisor, question.Identified!, question.AskedAt);
        foreach (var loss in journal.Losses) Charge("loss", loss.Friend.Advisor, loss.Friend.Customer, loss.At);
        ByExposure = All.ToLookup(credit => (credit.To, credit.Advisor));
    }

    public List<Credit> All { get; } = [];

    public ILookup<(string Id, Advisor Advisor), Credit> ByExposure { get; }

    public static Credits Of(World world) => new(world);

    private static bool Saw(Moment moment, Publication publication, Customer customer)
    {
        if (publication.ReachedIndex.Contains(customer.Index)) return true;
        // Added between the publication and its first showing: to the product they were a friend already.
        return moment.Tags.Count == 0 && publication.Advisor.FriendsByCustomer.TryGetValue(customer.Index, out var friend)
            && friend.Since > publication.At && friend.Since <= publication.ServedAt;
    }

    private static Func<Customer, bool> Members(Sending sending)
    {
        HashSet<int> inside = [.. sending.Reached.SelectMany(reached => reached.Members).Select(customer => customer.Index)];
        return customer => inside.Contains(customer.Index);
    }

    private void Add(Advisor advisor, Exposure exposure)
    {
        if (!_exposures.TryGetValue(advisor, out var list)) _exposures.Add(advisor, list = []);
        list.Add(exposure);
    }

    private void Charge(string kind, Advisor advisor, Customer customer, DateTimeOffset at)
    {
        if (!_exposures.TryGetValue(advisor, out var list)) return;
        var before = list.Where(exposure => exposure.At < at && exposure.ServedAt < at && at - exposure.At <= Reach && exposure.Saw(customer)).ToList();
        if (before.Count == 0) return;
        var last = before[^1];
        All.Add(new Credit(kind, advisor, customer, at, last.Id, [.. before.Where(other => other != last && other.At == last.At).Select(other => other.Id)]));
    }

    private sealed record Exposure(DateTimeOffset At, DateTimeOffset ServedAt, string Id, Func<Customer, bool> Saw)
    {
        /// <summary>By time; at the same time by id, so that the last one is always the same.</summary>
        public int Order(Exposure other)
        {
            var order = At.CompareTo(other.At);
            return order == 0 ? string.CompareOrdinal(Id, other.Id) : order;
        }
    }
}

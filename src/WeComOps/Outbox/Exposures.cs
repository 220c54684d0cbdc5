using WeComOps.Customers;
using WeComOps.Ledger;

namespace WeComOps.Outbox;

/// <summary>Finds the push that a customer's act is credited to: the last one they could see, at most 48 hours before.</summary>
internal sealed class Exposures(IPushStore pushes, ICustomerStore customers, IGroupStore groups)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(48);

    /// <summary>The exposure fact, or null when the customer saw nothing of the advisor's in the window.</summary>
    public async Task<Fact?> LastAsync(string advisor, string customer, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var candidates = await pushes.ExposuresAsync(advisor, at - Window, at, cancellationToken);
        if (candidates.Count == 0)
        {
            return null;
        }

        var friendship = await customers.FindFriendshipAsync(advisor, customer, cancellationToken);
        var memberships = await groups.MembershipsAsync(advisor, customer, cancellationToken);
        return candidates
            .Where(exposure => exposure.OccurredAt < at && CouldSee(exposure, friendship, memberships))
            .Order(LastSeen.Instance)
            .LastOrDefault();
    }

    /// <summary>By time; two pushes seen by the same poll by their id, so that the credit is the same on every machine.</summary>
    private sealed class LastSeen : IComparer<Fact>
    {
        public static readonly LastSeen Instance = new();

        public int Compare(Fact? x, Fact? y)
        {
            var order = x!.OccurredAt.CompareTo(y!.OccurredAt);
            return order == 0 ? string.CompareOrdinal(x.Push, y.Push) : order;
        }
    }

    private static bool CouldSee(Fact exposure, Friendship? friendship, IReadOnlyList<GroupMembership> memberships) =>
        exposure.Kind == FactKind.MomentPublished
            ? friendship is not null && friendship.Since <= exposure.OccurredAt
            : memberships.Any(member => member.ChatId == exposure.Group && member.JoinedAt <= exposure.OccurredAt
                && (member.LeftAt is null || member.LeftAt > exposure.OccurredAt));
}

using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>A customer deleted the advisor: charged, once, to the last push the customer could see in the 48 hours before.</summary>
internal sealed class RecordLoss(IDirectoryStore directory, ICustomerStore customers, IHealingStore healing, Exposures exposures, TimeProvider clock) : IMessageHandler
{
    public string Name => HandlerName.RecordLoss;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var left = (WeComEvent.CustomerLeft)message;
        var member = await directory.FindMemberAsync(left.UserId, cancellationToken);
        var friendship = await customers.FindFriendshipAsync(left.UserId, left.ExternalUserId, cancellationToken);
        var exposure = await exposures.LastAsync(left.UserId, left.ExternalUserId, left.At, cancellationToken);
        var tier = await customers.TierAsync(left.ExternalUserId, cancellationToken);
        var source = "inbox:" + item.MessageId;
        var now = clock.GetNow();
        var changes = new Changes();
        changes.Friendships.Add(Endings.Of(friendship, left.UserId, left.ExternalUserId, left.At));
        changes.Record(FriendFacts.Lost(left.UserId, left.ExternalUserId, left.At, member, tier, source, now) with
        {
            Content = exposure?.Content,
            Push = exposure?.Push,
            Class = exposure?.Class,
            Cause = exposure?.Ref,
        });
        changes.Facts.AddRange(await Endings.TakenBackAsync(healing, left.UserId, left.ExternalUserId, left.At, source, now, cancellationToken));
        return new Handled.Done(changes);
    }
}

/// <summary>The advisor deleted the customer: the relation ends; nobody is charged.</summary>
internal sealed class EndFriendship(ICustomerStore customers, IHealingStore healing, TimeProvider clock) : IMessageHandler
{
    public string Name => HandlerName.EndFriendship;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var removed = (WeComEvent.CustomerRemoved)message;
        var changes = new Changes();
        var friendship = await customers.FindFriendshipAsync(removed.UserId, removed.ExternalUserId, cancellationToken);
        changes.Friendships.Add(Endings.Of(friendship, removed.UserId, removed.ExternalUserId, removed.At));
        changes.Facts.AddRange(await Endings.TakenBackAsync(
            healing, removed.UserId, removed.ExternalUserId, removed.At, "inbox:" + item.MessageId, clock.GetNow(), cancellationToken));
        return new Handled.Done(changes);
    }
}

/// <summary>What the two ways in which a friendship ends share.</summary>
internal static class Endings
{
    /// <summary>An ending is kept even where the addition was never seen: the list may still bring it.</summary>
    public static Friendship Of(Friendship? known, string advisor, string customer, DateTimeOffset at) => known is null
        ? new Friendship(advisor, customer, Friendship.SinceUnknown, AddWay: 0, OperUserId: null, State: null, at)
        : known with { LostAt = at };

    /// <summary>A look had found this ending before its event came: the event knows the time, so the look's record is taken back.</summary>
    public static async Task<IEnumerable<Fact>> TakenBackAsync(
        IHealingStore healing, string advisor, string customer, DateTimeOffset at, string source, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await healing.TimeUnknownAsync(customer, cancellationToken))
            .Where(fact => fact.Kind == FactKind.FriendLost && fact.Advisor == advisor && fact.OccurredAt >= at)
            .Take(1)
            .Select(fact => FriendFacts.TakenBack(fact, source, now));
}

using System.Globalization;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>A customer deleted the advisor: charged, once, to the last push the customer could see in the 48 hours before.</summary>
internal sealed class RecordLoss(IDirectoryStore directory, ICustomerStore customers, Exposures exposures, TimeProvider clock) : IMessageHandler
{
    public string Name => HandlerName.RecordLoss;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var left = (WeComEvent.CustomerLeft)message;
        var member = await directory.FindMemberAsync(left.UserId, cancellationToken);
        var friendship = await customers.FindFriendshipAsync(left.UserId, left.ExternalUserId, cancellationToken);
        var exposure = await exposures.LastAsync(left.UserId, left.ExternalUserId, left.At, cancellationToken);
        var changes = new Changes();
        if (friendship is not null)
        {
            changes.Friendships.Add(friendship with { LostAt = left.At });
        }

        changes.Record(new Fact
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"friend_lost:{left.UserId}:{left.ExternalUserId}:{left.At.ToUnixTimeSeconds()}"),
            Day = ShanghaiTime.DayOf(left.At),
            Kind = FactKind.FriendLost,
            OccurredAt = left.At,
            Advisor = left.UserId,
            Branch = member?.BranchId,
            Customer = left.ExternalUserId,
            Tier = await customers.TierAsync(left.ExternalUserId, cancellationToken),
            Content = exposure?.Content,
            Push = exposure?.Push,
            Class = exposure?.Class,
            Cause = exposure?.Ref,
            Source = "inbox:" + item.MessageId,
            RecordedAt = clock.GetNow(),
        });
        return new Handled.Done(changes);
    }
}

/// <summary>The advisor deleted the customer: the relation ends; nobody is charged.</summary>
internal sealed class EndFriendship(ICustomerStore customers) : IMessageHandler
{
    public string Name => HandlerName.EndFriendship;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var removed = (WeComEvent.CustomerRemoved)message;
        var changes = new Changes();
        if (await customers.FindFriendshipAsync(removed.UserId, removed.ExternalUserId, cancellationToken) is { } friendship)
        {
            changes.Friendships.Add(friendship with { LostAt = removed.At });
        }

        return new Handled.Done(changes);
    }
}

using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>
/// A customer was added. The event does not say who started it, so the customer is read: <c>oper_userid</c> and
/// <c>add_way</c> tell the advisor's own requests from the customer's (doc 92114).
/// </summary>
internal sealed class RecordFriend(IWeComApi wecom, IDirectoryStore directory, ICustomerStore customers, TimeProvider clock) : IMessageHandler
{
    private const int NoLongerACustomer = 84061;

    public string Name => HandlerName.RecordFriend;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var added = (WeComEvent.CustomerAdded)message;
        WeComCustomer? customer;
        switch (await wecom.GetCustomerAsync(added.ExternalUserId, cancellationToken))
        {
            case ApiResult<WeComCustomer>.Done done:
                customer = done.Value;
                break;
            case ApiResult<WeComCustomer>.Rejected { Code: NoLongerACustomer }:
                // They left before we looked: the friend is recorded, who started it stays unknown.
                customer = null;
                break;
            case var other:
                return new Handled.Later(other.Describe());
        }

        var member = await directory.FindMemberAsync(added.UserId, cancellationToken);
        var profile = customer?.UnionId is { } unionId ? await customers.FindProfileAsync(unionId, cancellationToken) : null;
        var known = await customers.FindFriendshipAsync(added.UserId, added.ExternalUserId, cancellationToken);
        return new Handled.Done(Decide(added, customer, known, member, profile, item.MessageId, clock.GetNow()));
    }

    internal static Changes Decide(
        WeComEvent.CustomerAdded added, WeComCustomer? customer, Friendship? known, Member? member, CustomerProfile? profile, string messageId, DateTimeOffset now)
    {
        var changes = new Changes();
        var follow = customer?.Follows.FirstOrDefault(follow => follow.UserId == added.UserId);
        if (customer is not null)
        {
            changes.Customers.Add(new Customer(customer.ExternalUserId, customer.Name, customer.UnionId));
        }

        // A list may have brought this addition before the event did.
        var at = FriendFacts.TimeOfAddition(known, added.At);
        changes.Friendships.Add(FriendFacts.Of(known, added.UserId, added.ExternalUserId, at, follow, added.State));
        changes.Record(FriendFacts.Added(added.UserId, added.ExternalUserId, at, follow, member, profile?.Tier, "inbox:" + messageId, now));
        return changes;
    }
}

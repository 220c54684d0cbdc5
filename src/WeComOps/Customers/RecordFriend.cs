using System.Globalization;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Ledger;
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
    private const int SharedByColleague = 201;
    private const int AssignedByAdministrator = 202;

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
        return new Handled.Done(Decide(added, customer, member, profile, item.MessageId, clock.GetNow()));
    }

    internal static Changes Decide(
        WeComEvent.CustomerAdded added, WeComCustomer? customer, Member? member, CustomerProfile? profile, string messageId, DateTimeOffset now)
    {
        var changes = new Changes();
        var follow = customer?.Follows.FirstOrDefault(follow => follow.UserId == added.UserId);
        if (customer is not null)
        {
            changes.Customers.Add(new Customer(customer.ExternalUserId, customer.Name, customer.UnionId));
        }

        changes.Friendships.Add(new Friendship(
            added.UserId, added.ExternalUserId, added.At, follow?.AddWay ?? 0, follow?.OperUserId, follow?.State ?? added.State, LostAt: null));
        changes.Record(new Fact
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"friend_added:{added.UserId}:{added.ExternalUserId}:{added.At.ToUnixTimeSeconds()}"),
            Day = ShanghaiTime.DayOf(added.At),
            Kind = FactKind.FriendAdded,
            OccurredAt = added.At,
            Advisor = added.UserId,
            Branch = member?.BranchId,
            Customer = added.ExternalUserId,
            Tier = profile?.Tier,
            Class = ClassOf(follow),
            Source = "inbox:" + messageId,
            RecordedAt = now,
        });
        return changes;
    }

    private static string? ClassOf(Follow? follow) => follow switch
    {
        null => null,
        { AddWay: SharedByColleague or AssignedByAdministrator } => FactClass.Transferred,
        _ when follow.OperUserId == follow.UserId => FactClass.ByAdvisor,
        _ => FactClass.ByCustomer,
    };
}

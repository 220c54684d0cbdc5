using WeComOps.Directory;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>
/// Reads who is whose customer and who is in which group, so that what happens from now on meets known people. It records
/// state, not facts: what came before the product's first day is not scored.
/// </summary>
public sealed class SyncCustomers(IWeComApi wecom, IDirectoryStore directory, ICustomerStore customers, IGroupStore groups, IChangeStore changes)
{
    private const int NoCustomers = 84061;
    private const int MembersPerCall = 100;

    /// <summary>Null when done; else why not. Running it again completes what was missed.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var advisors = (await directory.MembersAsync(cancellationToken)).Where(member => member is { Active: true, HasCustomers: true }).ToArray();
        foreach (var chunk in advisors.Select(advisor => advisor.UserId).Chunk(MembersPerCall))
        {
            switch (await wecom.GetCustomersOfAsync(chunk, cancellationToken))
            {
                case ApiResult<IReadOnlyList<WeComCustomer>>.Done done:
                    await SaveCustomersAsync(done.Value, cancellationToken);
                    break;
                case ApiResult<IReadOnlyList<WeComCustomer>>.Rejected { Code: NoCustomers }:
                    break;
                case var other:
                    return "The customers could not be read: " + other.Describe();
            }

            if (await wecom.ListGroupsAsync(chunk, cancellationToken) is not ApiResult<IReadOnlyList<string>>.Done chats)
            {
                return "The groups could not be listed.";
            }

            foreach (var chatId in chats.Value)
            {
                if (await groups.FindAsync(chatId, cancellationToken) is not null)
                {
                    continue;
                }

                if (await wecom.GetGroupAsync(chatId, cancellationToken) is not ApiResult<WeComGroup>.Done group)
                {
                    return $"Group {chatId} could not be read.";
                }

                var found = new Changes();
                found.Groups.Add(new CustomerGroup(
                    chatId, group.Value.Name, group.Value.Owner, group.Value.CreatedAt, group.Value.MemberVersion, Dismissed: false, Instruction: null));
                found.GroupMembers.AddRange(group.Value.Members.Where(member => member.External)
                    .Select(member => new GroupMembership(chatId, member.Id, member.JoinedAt, LeftAt: null, member.State)));
                await changes.CommitAsync(found, cancellationToken);
            }
        }

        return null;
    }

    private async Task SaveCustomersAsync(IReadOnlyList<WeComCustomer> read, CancellationToken cancellationToken)
    {
        foreach (var chunk in read.Chunk(500))
        {
            var found = new Changes();
            foreach (var customer in chunk)
            {
                found.Customers.Add(new Customer(customer.ExternalUserId, customer.Name, customer.UnionId));
                foreach (var follow in customer.Follows)
                {
                    if (await customers.FindFriendshipAsync(follow.UserId, customer.ExternalUserId, cancellationToken) is null)
                    {
                        found.Friendships.Add(new Friendship(
                            follow.UserId, customer.ExternalUserId, follow.Since, follow.AddWay, follow.OperUserId, follow.State, LostAt: null));
                    }
                }
            }

            await changes.CommitAsync(found, cancellationToken);
        }
    }
}

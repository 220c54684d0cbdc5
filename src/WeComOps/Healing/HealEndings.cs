using System.Text.Json;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Healing;

/// <summary>
/// One advisor's friends who are in no list any more. Who deleted the advisor stays in the list (84061: the relation remains
/// one-sided), so who is missing was deleted by the advisor, perhaps after having deleted first: when and by whom is not known.
/// Each is asked for by name before anything is concluded.
/// </summary>
internal sealed class HealEndings(IWeComApi wecom, ICustomerStore customers, TimeProvider clock)
{
    private const int NoLongerACustomer = 84061;
    private const int NoSuchCustomer = 40096;
    private const int AlwaysBelieved = 20;

    public async Task<PageResult> ReadAsync(HealRun run, IReadOnlyDictionary<string, Member> members, CancellationToken cancellationToken)
    {
        var advisor = run.Advisors.FirstOrDefault(advisor => string.CompareOrdinal(advisor, run.Cursor) > 0);
        if (run.IsFirstLook || advisor is null)
        {
            return new Page(run, clock.GetNow()).GoOn(run.Enter(HealStage.Groups));
        }

        var page = new Page(run, clock.GetNow());
        switch (await wecom.GetCustomerIdsAsync(advisor, cancellationToken))
        {
            case ApiResult<IReadOnlyList<string>>.Done done:
                page.Read(advisors: 1);
                if (await CompareAsync(page, members[advisor], done.Value, cancellationToken) is { } failure)
                {
                    return failure;
                }

                break;
            case ApiResult<IReadOnlyList<string>>.Rejected rejected when !ApiCodes.IsConfiguration(rejected.Code):
                page.Refused(advisor, rejected.Code);
                break;
            case var other:
                return PageResult.Held(other);
        }

        return page.GoOn(run.Turn(advisor, page.Counts));
    }

    private async Task<PageResult?> CompareAsync(
        Page page, Member advisor, IReadOnlyList<string> listed, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var present = listed.ToHashSet(StringComparer.Ordinal);
        var friends = await customers.FriendsOfAsync(advisor.UserId, cancellationToken);
        var missing = friends.Where(friend => !present.Contains(friend.Customer) && friend.Since < now - Page.OnItsWay).ToArray();
        if (missing.Length > Math.Max(AlwaysBelieved, friends.Count / 2))
        {
            page.Doubt(advisor.UserId, missing.Length);
            return null;
        }

        foreach (var friend in missing)
        {
            string raw;
            switch (await wecom.GetCustomerAsync(friend.Customer, cancellationToken))
            {
                case ApiResult<WeComCustomer>.Done done when done.Value.Follows.Any(follow => follow.UserId == advisor.UserId):
                    // The list had not caught up.
                    continue;
                case ApiResult<WeComCustomer>.Done done:
                    raw = done.Raw;
                    break;
                case ApiResult<WeComCustomer>.Rejected { Code: NoLongerACustomer or NoSuchCustomer } none:
                    raw = $$"""{"errcode":{{none.Code}},"errmsg":{{JsonSerializer.Serialize(none.Message)}}}""";
                    break;
                case ApiResult<WeComCustomer>.Rejected refused when !ApiCodes.IsConfiguration(refused.Code):
                    page.Refused(advisor.UserId, refused.Code);
                    continue;
                case var other:
                    return PageResult.Held(other);
            }

            var source = page.Source("customer", advisor.UserId + ":" + friend.Customer);
            page.Changes.Sources.Add(new RawSource(source, "pull", now, raw));
            page.Changes.Friendships.Add(friend with { LostAt = now });
            page.Ended(FriendFacts.Ended(friend, advisor, await customers.TierAsync(friend.Customer, cancellationToken), source, now));
        }

        return null;
    }
}

using System.Globalization;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Healing;

/// <summary>One page of the advisors' customers (doc 92994): who is new to us was added at the time that the list tells.</summary>
internal sealed class HealCustomers(IWeComApi wecom, ICustomerStore customers, TimeProvider clock)
{
    public async Task<PageResult> ReadAsync(HealRun run, IReadOnlyDictionary<string, Member> members, CancellationToken cancellationToken)
    {
        switch (await wecom.GetCustomersPageAsync(run.Advisors, run.Cursor, cancellationToken))
        {
            case ApiResult<WeComPage<WeComCustomer>>.Done done:
                var page = await CompareAsync(run, members, done, cancellationToken);
                return page.GoOn(done.Value.Next.Length > 0 ? run.Turn(done.Value.Next, page.Counts) : run.Turn(string.Empty, page.Counts).Enter(HealStage.Endings));
            case ApiResult<WeComPage<WeComCustomer>>.Rejected rejected when !ApiCodes.IsConfiguration(rejected.Code):
                // A cursor does not live for ever: the advisors at hand are read from their first page once more.
                if (run.Cursor.Length > 0)
                {
                    return new Page(run, clock.GetNow()).GoOn(run with { Cursor = string.Empty });
                }

                var refused = new Page(run, clock.GetNow());
                refused.Refused(run.Advisors[0], rejected.Code);
                return refused.GoOn(run.Turn(string.Empty, refused.Counts).Enter(HealStage.Endings));
            case var other:
                return PageResult.Held(other);
        }
    }

    private async Task<Page> CompareAsync(
        HealRun run, IReadOnlyDictionary<string, Member> members, ApiResult<WeComPage<WeComCustomer>>.Done read, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var page = new Page(run, now);
        var listed = read.Value.Items;
        var known = await KnownAsync(listed, cancellationToken);
        var settled = run.IsFirstLook ? DateTimeOffset.MaxValue : now - Page.OnItsWay;
        var unknown = listed
            .SelectMany(customer => customer.Follows.Select(follow => (Customer: customer, Follow: follow)))
            .Where(pair => members.ContainsKey(pair.Follow.UserId) && pair.Follow.Since <= settled
                && !known.GetValueOrDefault((pair.Follow.UserId, pair.Customer.ExternalUserId)).Knows(pair.Follow.Since))
            .DistinctBy(pair => (pair.Follow.UserId, pair.Customer.ExternalUserId))
            .ToArray();
        var missed = unknown.Where(pair => pair.Follow.Since >= run.Baseline).ToArray();
        var tiers = await TiersAsync(missed.Select(pair => pair.Customer), cancellationToken);
        var source = page.Source("customers", string.Create(CultureInfo.InvariantCulture, $"{run.Counts.Pages}"));
        foreach (var (customer, follow) in unknown)
        {
            page.Changes.Friendships.Add(FriendFacts.Of(known.GetValueOrDefault((follow.UserId, customer.ExternalUserId)), follow.UserId, customer.ExternalUserId, follow.Since, follow, state: null));
            if (follow.Since < run.Baseline)
            {
                continue;
            }

            var member = members[follow.UserId];
            var tier = customer.UnionId is { } unionId ? tiers.GetValueOrDefault(unionId) : null;
            if (known.GetValueOrDefault((follow.UserId, customer.ExternalUserId)) is { LostAt: null } before)
            {
                // Added anew without having been seen to end: that lies between the two additions.
                page.Ended(FriendFacts.Ended(before, member, tier, source, now));
            }

            page.Added(FriendFacts.Added(follow.UserId, customer.ExternalUserId, follow.Since, follow, member, tier, source, now));
        }

        if (page.Changes.Facts.Count > 0)
        {
            page.Changes.Sources.Add(new RawSource(source, "pull", now, read.Raw));
        }

        await SaveNamesAsync(page, listed, cancellationToken);
        return page;
    }

    private async Task<Dictionary<(string Advisor, string Customer), Friendship>> KnownAsync(IReadOnlyList<WeComCustomer> listed, CancellationToken cancellationToken)
    {
        var advisors = listed.SelectMany(customer => customer.Follows).Select(follow => follow.UserId).Distinct(StringComparer.Ordinal).ToArray();
        var friendships = await customers.FriendshipsAmongAsync(advisors, [.. listed.Select(customer => customer.ExternalUserId)], cancellationToken);
        return friendships.ToDictionary(friendship => (friendship.Advisor, friendship.Customer));
    }

    private async Task<Dictionary<string, string>> TiersAsync(IEnumerable<WeComCustomer> missed, CancellationToken cancellationToken)
    {
        var unionIds = missed.Select(customer => customer.UnionId).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return unionIds.Length == 0
            ? []
            : (await customers.FindProfilesAsync(unionIds, cancellationToken)).ToDictionary(profile => profile.UnionId, profile => profile.Tier, StringComparer.Ordinal);
    }

    /// <summary>Only who is new or goes by another name: millions of rows are not written every night for nothing.</summary>
    private async Task SaveNamesAsync(Page page, IReadOnlyList<WeComCustomer> listed, CancellationToken cancellationToken)
    {
        var known = (await customers.FindManyAsync([.. listed.Select(customer => customer.ExternalUserId)], cancellationToken)).ToHashSet();
        page.Changes.Customers.AddRange(listed
            .Select(customer => new Customer(customer.ExternalUserId, customer.Name, customer.UnionId))
            .Where(customer => !known.Contains(customer)));
    }
}

using WeComOps.Customers;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Healing;

/// <summary>
/// Some of the advisors' groups and their members (docs 92120, 92122), in the order of their ids, so that a run that was cut off
/// goes on behind the last one; at the end the groups that no list shows any more.
/// </summary>
internal sealed class HealGroups(IWeComApi wecom, IGroupStore groups, GroupComparison comparison, TimeProvider clock)
{
    private const int GroupsPerPage = 50;
    private const int Parallelism = 4;

    private (string Run, string After, IReadOnlyList<string> Chats)? _listed;

    public async Task<PageResult> ReadAsync(HealRun run, CancellationToken cancellationToken)
    {
        if (_listed is not { } listed || listed.Run != run.Id || listed.After != run.After)
        {
            switch (await wecom.ListGroupsAsync(run.Advisors, cancellationToken))
            {
                case ApiResult<IReadOnlyList<string>>.Done done:
                    listed = (run.Id, run.After, [.. done.Value.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
                    _listed = listed;
                    break;
                case ApiResult<IReadOnlyList<string>>.Rejected rejected when !ApiCodes.IsConfiguration(rejected.Code):
                    var refused = new Page(run, clock.GetNow());
                    refused.Refused(run.Advisors[0], rejected.Code);
                    return refused.GoOn(run.Turn(string.Empty, refused.Counts).Leave());
                case var other:
                    return PageResult.Held(other);
            }
        }

        var page = new Page(run, clock.GetNow());
        var next = listed.Chats.Where(chat => string.CompareOrdinal(chat, run.Cursor) > 0).Take(GroupsPerPage).ToArray();
        var isLast = next.Length == 0 || next[^1] == listed.Chats[^1];
        // A group that is known and not listed is asked for by name: dismissed, or handed to an owner outside of the app's range.
        var unlisted = isLast
            ? (await groups.OfOwnersAsync(run.Advisors, cancellationToken)).Where(group => !group.Dismissed && !listed.Chats.Contains(group.ChatId, StringComparer.Ordinal)).ToArray()
            : [];
        if (await CompareAsync(page, run, [.. next, .. unlisted.Select(group => group.ChatId)], cancellationToken) is { } failure)
        {
            return failure;
        }

        return page.GoOn(isLast ? run.Turn(string.Empty, page.Counts).Leave() : run.Turn(next[^1], page.Counts));
    }

    private async Task<PageResult?> CompareAsync(Page page, HealRun run, string[] chats, CancellationToken cancellationToken)
    {
        foreach (var some in chats.Chunk(Parallelism))
        {
            var before = new List<KnownGroup>(some.Length);
            foreach (var chat in some)
            {
                before.Add(await comparison.KnownAsync(chat, cancellationToken));
            }

            // Read side by side, compared one after the other: what is decided does not depend on who answers first.
            var read = await Task.WhenAll(some.Select(chat => wecom.GetGroupAsync(chat, cancellationToken)));
            foreach (var (chat, known, answer) in some.Zip(before, read))
            {
                switch (answer)
                {
                    case ApiResult<WeComGroup>.Done done:
                        await CompareAsync(page, run, known, done, cancellationToken);
                        break;
                    case ApiResult<WeComGroup>.Rejected gone when ApiCodes.IsGroupGone(gone.Code):
                        if (known.Group is { Dismissed: false } ended)
                        {
                            page.Changes.Groups.Add(ended with { Dismissed = true });
                            page.GroupGone(ended.Owner, chat);
                        }

                        break;
                    case ApiResult<WeComGroup>.Rejected rejected when !ApiCodes.IsConfiguration(rejected.Code):
                        page.Refused(run.Advisors[0], rejected.Code, chat);
                        break;
                    default:
                        return PageResult.Held(answer);
                }
            }
        }

        return null;
    }

    private async Task CompareAsync(Page page, HealRun run, KnownGroup known, ApiResult<WeComGroup>.Done read, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var source = page.Source("group", read.Value.ChatId);
        var settled = run.IsFirstLook ? DateTimeOffset.MaxValue : now - Page.OnItsWay;
        if (read.Value.CreatedAt > settled)
        {
            return;
        }

        var compared = await comparison.CompareAsync(read.Value, known, new GroupLook(now, source, run.Baseline, Leavers: null, settled), cancellationToken);
        if (compared.Facts.Count > 0)
        {
            page.Changes.Sources.Add(new RawSource(source, "pull", now, read.Raw));
        }

        page.Take(compared);
    }
}

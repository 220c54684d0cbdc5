using System.Globalization;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>Reads comments and likes of a publication once at 24 h and once at 48 h (doc 93333: no text, no paging).</summary>
public sealed class ReadReactions(
    IPushStore pushes, IWeComApi wecom, ICustomerStore customers, IDirectoryStore directory, IChangeStore changes, TimeProvider clock)
{
    private const int NotPublished = 41062;
    private const int LastLook = 2;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(24);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await pushes.DueForReactionsAsync(clock.GetNow(), cancellationToken);
        foreach (var execution in due)
        {
            if (await pushes.FindAsync(execution.Slice, cancellationToken) is { PushId: { } momentId } slice)
            {
                switch (await wecom.GetMomentReactionsAsync(momentId, execution.Advisor, cancellationToken))
                {
                    case ApiResult<MomentReactions>.Done done:
                        await RecordAsync(slice, execution, done, cancellationToken);
                        break;
                    case ApiResult<MomentReactions>.Rejected { Code: NotPublished }:
                        // Deleted by the advisor since: nothing more to read.
                        await SaveAsync(new Changes(), execution with { Looks = LastLook, LookAt = null }, cancellationToken);
                        break;
                    default:
                        // Stays due; the next run reads again.
                        break;
                }
            }
        }

        return due.Count;
    }

    private async Task RecordAsync(PushSlice slice, PushExecution execution, ApiResult<MomentReactions>.Done done, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var until = execution.SeenAt!.Value + Exposures.Window;
        var branch = (await directory.FindMemberAsync(execution.Advisor, cancellationToken))?.BranchId;
        var source = string.Create(CultureInfo.InvariantCulture, $"pull:moment-comments:{slice.PushId}:{execution.Advisor}:{now.ToUnixTimeSeconds()}");
        var reactions = done.Value.Comments.Select(comment => (Reaction: comment, Kind: FactKind.MomentCommented))
            .Concat(done.Value.Likes.Select(like => (Reaction: like, Kind: FactKind.MomentLiked)))
            .Where(pair => pair.Reaction.ExternalUserId is not null && pair.Reaction.At <= until)
            .ToArray();
        var tiers = await customers.TiersAsync([.. reactions.Select(pair => pair.Reaction.ExternalUserId!).Distinct()], cancellationToken);
        var found = new Changes();
        foreach (var (reaction, kind) in reactions)
        {
            found.Record(new Fact
            {
                Id = string.Create(
                    CultureInfo.InvariantCulture, $"{kind.Name()}:{slice.PushId}:{execution.Advisor}:{reaction.ExternalUserId}:{reaction.At.ToUnixTimeSeconds()}"),
                Day = ShanghaiTime.DayOf(reaction.At),
                Kind = kind,
                OccurredAt = reaction.At,
                Advisor = execution.Advisor,
                Branch = branch,
                Customer = reaction.ExternalUserId,
                Tier = tiers.GetValueOrDefault(reaction.ExternalUserId!),
                Content = slice.Content,
                Push = slice.PushId,
                Class = slice.Class,
                Cause = new FactRef(ShanghaiTime.DayOf(execution.SeenAt.Value), $"moment_published:{slice.PushId}:{execution.Advisor}"),
                Source = source,
                RecordedAt = now,
            });
        }

        if (found.Facts.Count > 0)
        {
            found.Sources.Add(new RawSource(source, "pull", now, done.Raw));
        }

        var looks = execution.Looks + 1;
        await SaveAsync(found, execution with { Looks = looks, LookAt = looks >= LastLook ? null : execution.LookAt + BetweenLooks }, cancellationToken);
    }

    private Task SaveAsync(Changes found, PushExecution execution, CancellationToken cancellationToken)
    {
        found.Executions.Add(execution);
        return changes.CommitAsync(found, cancellationToken);
    }
}

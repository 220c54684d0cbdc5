using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>
/// Brings slices to rest: a moment's job id becomes its moment_id; an UNKNOWN slice is looked for in WeCom's lists by its
/// marker. One match: adopt. Two: alarm. None: look again later; absence proves nothing, so a person decides.
/// </summary>
public sealed class SettlePushes(IPushStore pushes, IWeComApi wecom, IChangeStore changes, TimeProvider clock)
{
    private static readonly SliceState[] Unsettled = [SliceState.Accepted, SliceState.Unknown];
    private static readonly SliceState[] Adopted = [SliceState.Running, SliceState.Closed];
    private static readonly TimeSpan JobLifetime = TimeSpan.FromHours(24);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settled = 0;
        foreach (var slice in await pushes.InStateAsync(Unsettled, cancellationToken))
        {
            var next = slice.State == SliceState.Accepted ? await ReadJobAsync(slice, cancellationToken) : await LookForAsync(slice, cancellationToken);
            if (next is not null)
            {
                var saved = new Changes();
                saved.Slices.Add(next);
                await changes.CommitAsync(saved, cancellationToken);
                settled++;
            }
        }

        return settled;
    }

    private async Task<PushSlice?> ReadJobAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        return await wecom.GetMomentJobAsync(slice.JobId!, cancellationToken) switch
        {
            ApiResult<MomentJob>.Done { Value: { Finished: true, ErrorCode: 0, MomentId: { } momentId } } => slice.Run(momentId),
            ApiResult<MomentJob>.Done { Value: { Finished: true } job } => slice.Reject($"{job.ErrorCode} {job.ErrorMessage}"),
            ApiResult<MomentJob>.Done => null,
            ApiResult<MomentJob>.Rejected when now - slice.StartedAt >= JobLifetime => slice.Lose("The job id expired before it was read.", now),
            _ => null,
        };
    }

    private async Task<PushSlice?> LookForAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        if (slice.CheckAt > now || slice.StartedAt is not { } started)
        {
            return null;
        }

        var listed = slice.Kind == PushKind.Moment
            ? await wecom.ListMomentsAsync(started.AddMinutes(-5), now, cancellationToken)
            : await wecom.ListGroupPostsAsync(started.AddMinutes(-5), now, cancellationToken);
        if (listed is not ApiResult<IReadOnlyList<ListedPush>>.Done done)
        {
            return slice.Lose(listed.Describe(), now);
        }

        var adopted = (await pushes.InStateAsync(Adopted, cancellationToken)).Select(other => other.PushId).ToHashSet(StringComparer.Ordinal);
        var matches = done.Value.Where(push => !adopted.Contains(push.Id)).Where(push => slice.Marker is { } marker
            ? push.Carries(marker)
            : string.Equals(push.Text, slice.Text, StringComparison.Ordinal)).ToArray();
        return matches.Length switch
        {
            1 when await IsExecutorAsync(slice, matches[0].Id, cancellationToken) => slice.Run(matches[0].Id),
            1 => slice.Lose("The one that was found has other executors.", now),
            0 => slice.Lose("Not found in WeCom's list; a person decides whether it was sent.", now),
            _ => slice.Lose($"Found {matches.Length} times in WeCom's list: cancel the surplus.", now),
        };
    }

    /// <summary>The same text may have gone to others: the executors tell whose it is.</summary>
    private async Task<bool> IsExecutorAsync(PushSlice slice, string pushId, CancellationToken cancellationToken) => slice.Kind == PushKind.Moment
        ? await wecom.GetMomentTaskAsync(pushId, cancellationToken) is ApiResult<IReadOnlyList<MomentExecution>>.Done moment
            && moment.Value.Any(execution => slice.Executors.Contains(execution.UserId, StringComparer.Ordinal))
        : await wecom.GetGroupPostTaskAsync(pushId, cancellationToken) is ApiResult<IReadOnlyList<PostTask>>.Done post
            && post.Value.Any(task => slice.Executors.Contains(task.UserId, StringComparer.Ordinal));
}

using Microsoft.Extensions.Logging;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Media;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>
/// Makes the creating calls of planned slices: STARTED is durable before the call, the ending after it. A slice found
/// STARTED when a round begins was cut off: it becomes UNKNOWN and is never called again by guess. While WeCom gives no usable
/// answers slices stay PLANNED.
/// </summary>
public sealed partial class LaunchPushes(
    IPushStore pushes, IInstructionStore instructions, IWeComApi wecom, IChangeStore changes, PictureCopies copies, LaunchPermission permission, TimeProvider clock, ILogger<LaunchPushes> logger)
{
    private static readonly SliceState[] Waiting = [SliceState.Planned, SliceState.Started];

    private readonly CallCircuit _moments = new(clock);
    private readonly CallCircuit _posts = new(clock);

    /// <summary>Launches what is due; the number of slices that changed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var due = (await pushes.InStateAsync(Waiting, cancellationToken)).Where(slice => slice.State == SliceState.Started || slice.PlannedAt <= now).ToArray();
        var pictures = new PushPictures(copies, clock);
        var changed = 0;
        foreach (var slice in due)
        {
            changed += await LaunchAsync(slice, pictures, now, cancellationToken) ? 1 : 0;
        }

        return changed;
    }

    /// <summary>False when nothing was written: the slice waits, or is another's.</summary>
    private async Task<bool> LaunchAsync(PushSlice slice, PushPictures pictures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (slice.State == SliceState.Started)
        {
            // There is one launcher: a slice that is started when a round begins lost the record of its ending.
            await SaveAsync(slice.Lose("The ending of the call was not recorded.", now), cancellationToken);
            return true;
        }

        if (now > slice.Deadline)
        {
            // Never late: outside its window a push asks instead of firing.
            await SaveAsync(slice.Miss(), cancellationToken);
            return true;
        }

        using var turn = CircuitOf(slice.Kind).TryEnter();
        if (turn is null)
        {
            return false;
        }

        var (media, cover, instead) = await pictures.PrepareAsync(slice, cancellationToken);
        // Making the pictures ready takes time: the window may have ended over it.
        instead ??= clock.GetNow() > slice.Deadline ? slice.Miss() : null;
        if (instead is not null)
        {
            Log.Hindered(logger, instead.Id, instead.State, instead.Error);
            await SaveAsync(instead, cancellationToken);
            return true;
        }

        // Last of all: a round takes minutes, and what was true at its beginning may not be any more.
        if (await permission.WhyNotAsync(slice, cancellationToken) is { } reason)
        {
            await StopAsync(slice.Stop(reason), cancellationToken);
            return true;
        }

        var started = slice.Start(now, Fence.Current?.Epoch ?? 0);
        if (!await TryStartAsync(started, cancellationToken))
        {
            return false;
        }

        Milestone.Reach(Milestone.PushStarted);
        var result = await CallAsync(started, media, cover, cancellationToken);
        Milestone.Reach(Milestone.PushCalled);
        if (turn.End(result) is { } until)
        {
            Log.Paused(logger, slice.Kind, until);
        }

        var ended = await EndAsync(started, result, pictures);
        Log.Launched(logger, ended.Id, ended.State);
        // Even while stopping: what the call brought must not be forgotten. Where the duty was lost during the call this is
        // refused; the slice is UNKNOWN then, and whoever settles it finds what the call brought by its marker.
        await SaveAsync(ended, CancellationToken.None);
        Milestone.Reach(Milestone.PushRecorded);
        return true;
    }

    private async Task<PushSlice> EndAsync(PushSlice started, ApiResult<string> result, PushPictures pictures)
    {
        var renewed = result is ApiResult<string>.Rejected { Code: ApiCodes.NoSuchMedia } && await pictures.RenewAsync(started, CancellationToken.None);
        return result switch
        {
            ApiResult<string>.Done done => started.Accept(done.Value),
            ApiResult<string>.Rejected rejected when ApiCodes.IsConfiguration(rejected.Code) =>
                started.Postpone(clock.GetNow() + ApiCodes.SettingsPause, rejected.Describe()),
            ApiResult<string>.Rejected forgotten when renewed => started.Postpone(clock.GetNow(), forgotten.Describe()),
            ApiResult<string>.Rejected rejected => started.Reject(rejected.Describe()),
            ApiResult<string>.RetryLater later => started.Postpone(clock.GetNow() + later.After, later.Reason),
            ApiResult<string>.Unknown unknown => started.Lose(unknown.Reason, clock.GetNow()),
            _ => started.Lose("no result", clock.GetNow()),
        };
    }

    private CallCircuit CircuitOf(PushKind kind) => kind == PushKind.Moment ? _moments : _posts;

    private async Task<ApiResult<string>> CallAsync(PushSlice slice, IReadOnlyList<string> media, string? cover, CancellationToken cancellationToken)
    {
        var link = slice.Card is { } card ? new PushLink(card.Title, card.Url, cover, card.Description) : null;
        try
        {
            return slice.Kind == PushKind.Moment
                ? await wecom.CreateMomentTaskAsync(new NewMomentTask(slice.Text, link, slice.Executors, TagIds: [], media), cancellationToken)
                : await wecom.CreateGroupPostAsync(new NewGroupPost(slice.Executors[0], slice.Text, link, ChatIds: [], media), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ApiResult<string>.RetryLater(TimeSpan.Zero, "This node stopped before it called.");
        }
    }

    /// <summary>False when the slice is not planned any more: then it is not called.</summary>
    private async Task<bool> TryStartAsync(PushSlice started, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(started, cancellationToken);
            return true;
        }
        catch (ConflictException)
        {
            Log.AlreadyStarted(logger, started.Id);
            return false;
        }
    }

    /// <summary>Its executors cannot do what they were asked for: that counts on no side.</summary>
    private async Task StopAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        Log.Hindered(logger, slice.Id, slice.State, slice.Error);
        var now = clock.GetNow();
        var source = "outbox:stop:" + slice.Id;
        var stopped = new Changes();
        stopped.Slices.Add(slice);
        stopped.Sources.Add(new RawSource(source, "outbox", now, slice.Error!));
        stopped.Facts.AddRange((await instructions.AssignmentsAsync(slice.Instruction, cancellationToken))
            .Where(assignment => assignment.Action == PushActions.Of(slice.Kind) && assignment.DueAt == slice.Deadline && slice.Executors.Contains(assignment.Advisor, StringComparer.Ordinal))
            .Select(assignment => AssignmentFacts.Excused(assignment, source, now)));
        try
        {
            await changes.CommitAsync(stopped, cancellationToken);
        }
        catch (ConflictException)
        {
            // Who stopped the instruction was first: then it is stopped.
            Log.AlreadyStarted(logger, slice.Id);
        }
    }

    private Task SaveAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        var saved = new Changes();
        saved.Slices.Add(slice);
        return changes.CommitAsync(saved, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Push {Slice} is now {State}")]
        public static partial void Launched(ILogger logger, string slice, SliceState state);

        [LoggerMessage(3, LogLevel.Information, "Push {Slice} is not started but {State}: {Reason}")]
        public static partial void Hindered(ILogger logger, string slice, SliceState state, string? reason);

        [LoggerMessage(2, LogLevel.Information, "Push {Slice} was started by another; it is not called here")]
        public static partial void AlreadyStarted(ILogger logger, string slice);

        [LoggerMessage(4, LogLevel.Warning, "WeCom gives no usable answers to pushes of kind {Kind}: no more are made until {Until}, they stay planned")]
        public static partial void Paused(ILogger logger, PushKind kind, DateTimeOffset until);
    }
}

using Microsoft.Extensions.Logging;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>
/// Sends planned messages to advisors. Each is marked started before the call; one whose ending is unknown is not sent
/// again (an advisor who gets a card twice presses it twice): doctor counts them. While WeCom gives no usable answers messages
/// stay planned.
/// </summary>
public sealed partial class SendMessages(IOutgoingStore outgoing, IWeComApi wecom, IChangeStore changes, TimeProvider clock, ILogger<SendMessages> logger)
{
    private const int BatchSize = 100;
    private const int Parallelism = 8;

    private readonly CallCircuit _circuit = new(clock);

    /// <summary>
    /// Messages that were cut off become UNKNOWN; run whenever the duty was newly taken, before the first send: whoever held it
    /// before may have called.
    /// </summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var cutOff = (await outgoing.UnsettledAsync(cancellationToken)).Where(message => message.State == SliceState.Started);
        await SaveAsync(cutOff.Select(message => message with { State = SliceState.Unknown, Error = "The ending of the call was not recorded." }), cancellationToken);
    }

    /// <summary>Sends what is due; the number of messages that changed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var due = await outgoing.DueAsync(now, BatchSize, cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var changed = 0;
        // Advisors side by side, the messages of one advisor in order. Each is started, sent and recorded by itself: a stop in
        // the middle leaves at most a handful whose ending is unknown.
        await Parallel.ForEachAsync(
            due.GroupBy(message => message.UserId, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (messages, token) =>
            {
                foreach (var message in messages)
                {
                    if (!await SendAsync(message, now, token))
                    {
                        // What follows for this advisor must not overtake it.
                        break;
                    }

                    Interlocked.Increment(ref changed);
                }
            });
        return changed;
    }

    /// <summary>False when nothing was written: the message waits, or is another's.</summary>
    private async Task<bool> SendAsync(OutgoingMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (message.ExpiresAt < now)
        {
            await SaveAsync([message with { State = SliceState.Missed, Error = "It was no longer useful when it could be sent." }], cancellationToken);
            return true;
        }

        using var turn = _circuit.TryEnter();
        if (turn is null || !await TryStartAsync(message, cancellationToken))
        {
            return false;
        }

        Milestone.Reach(Milestone.MessageStarted);
        var result = await CallAsync(message, cancellationToken);
        Milestone.Reach(Milestone.MessageCalled);
        if (turn.End(result) is { } until)
        {
            Log.Paused(logger, until);
        }

        // Even while stopping: what the call brought must not be forgotten.
        await SaveAsync([Ended(message, result)], CancellationToken.None);
        return true;
    }

    /// <summary>False when the message is not planned any more: then it is not sent.</summary>
    private async Task<bool> TryStartAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync([message with { State = SliceState.Started }], cancellationToken);
            return true;
        }
        catch (ConflictException)
        {
            Log.AlreadyStarted(logger, message.Id);
            return false;
        }
    }

    private async Task<ApiResult<SentMessage>> CallAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await wecom.SendMessageAsync(OutgoingMessages.Read(message), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ApiResult<SentMessage>.RetryLater(TimeSpan.Zero, "This node stopped before it called.");
        }
    }

    private OutgoingMessage Ended(OutgoingMessage message, ApiResult<SentMessage> result) => result switch
    {
        ApiResult<SentMessage>.Done { Value.InvalidUserIds.Count: 0 } done => message with { State = SliceState.Closed, MsgId = done.Value.MsgId, Error = null },
        ApiResult<SentMessage>.Done => message with { State = SliceState.Rejected, Error = "The member cannot receive messages of the app." },
        ApiResult<SentMessage>.Rejected rejected when ApiCodes.IsConfiguration(rejected.Code) =>
            message with { State = SliceState.Planned, PlannedAt = clock.GetNow() + ApiCodes.SettingsPause, Error = rejected.Describe() },
        ApiResult<SentMessage>.Rejected rejected => message with { State = SliceState.Rejected, Error = rejected.Describe() },
        ApiResult<SentMessage>.RetryLater later => message with { State = SliceState.Planned, PlannedAt = clock.GetNow() + later.After, Error = later.Reason },
        ApiResult<SentMessage>.Unknown unknown => message with { State = SliceState.Unknown, Error = unknown.Reason },
        _ => message with { State = SliceState.Unknown, Error = "no result" },
    };

    private Task SaveAsync(IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        var saved = new Changes();
        saved.Outgoing.AddRange(messages);
        return saved.Outgoing.Count == 0 ? Task.CompletedTask : changes.CommitAsync(saved, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Message {Id} was started by another; it is not sent here")]
        public static partial void AlreadyStarted(ILogger logger, string id);

        [LoggerMessage(2, LogLevel.Warning, "WeCom gives no usable answers to messages: no more are sent until {Until}, they stay planned")]
        public static partial void Paused(ILogger logger, DateTimeOffset until);
    }
}

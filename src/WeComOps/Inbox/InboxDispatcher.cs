using Microsoft.Extensions.Logging;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Inbox;

/// <summary>
/// Takes messages from the inbox to their handlers: routes what is new, leases what is due, commits each handler's changes
/// together with its mark. A handler that fails is tried again with back-off and parked after <see cref="MaxAttempts"/>; one
/// that waits for something (WeCom away, a member not known yet) is tried for two days.
/// </summary>
public sealed partial class InboxDispatcher(
    IInboxStore inbox, IChangeStore changes, IWeComEventReader reader, IEnumerable<IMessageHandler> handlers, TimeProvider clock,
    ILogger<InboxDispatcher> logger)
{
    public const int MaxAttempts = 8;
    private const int BatchSize = 64;
    private const int Parallelism = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(48);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, IMessageHandler> _handlers = handlers.ToDictionary(handler => handler.Name, StringComparer.Ordinal);

    /// <summary>Handles one batch; the number of messages routed or handled, 0 when there was nothing to do.</summary>
    public async Task<int> DispatchOnceAsync(CancellationToken cancellationToken)
    {
        var unrouted = await inbox.UnroutedAsync(BatchSize * 4, cancellationToken);
        if (unrouted.Count > 0)
        {
            await RouteAsync(unrouted, cancellationToken);
        }

        var items = await inbox.ClaimAsync(clock.GetNow(), Lease, BatchSize, cancellationToken);
        // Messages about one subject keep their order; different subjects go side by side.
        var lanes = items.Select(item => (Item: item, Event: Parse(item.Body))).GroupBy(pair => Lane(pair.Event)).ToArray();
        await Parallel.ForEachAsync(
            lanes,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (lane, token) =>
            {
                foreach (var (item, message) in lane)
                {
                    await HandleAsync(item, message, token);
                }
            });
        return unrouted.Count + items.Count;
    }

    private static string Lane(WeComEvent message) => message switch
    {
        WeComEvent.CustomerAdded e => e.ExternalUserId,
        WeComEvent.CustomerLeft e => e.ExternalUserId,
        WeComEvent.CustomerRemoved e => e.ExternalUserId,
        WeComEvent.GroupCreated e => e.ChatId,
        WeComEvent.GroupUpdated e => e.ChatId,
        WeComEvent.GroupDismissed e => e.ChatId,
        WeComEvent.TextReceived e => e.UserId,
        WeComEvent.CardClicked e => e.UserId,
        _ => string.Empty,
    };

    private WeComEvent Parse(string body)
    {
        try
        {
            return reader.Read(body);
        }
        catch (FormatException exception)
        {
            // It was signed and decrypted, so WeCom sent it; kept raw and counted under this name.
            Log.Unreadable(logger, exception.Message);
            return new WeComEvent.Other(clock.GetNow(), "unreadable");
        }
    }

    private async Task RouteAsync(IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellationToken)
    {
        var routed = new Changes();
        var now = clock.GetNow();
        foreach (var message in messages)
        {
            var parsed = Parse(message.Body);
            routed.Routed.Add(new InboxRoute(message.Id, Routes.NameOf(parsed), Routes.Of(parsed), now));
        }

        await changes.CommitAsync(routed, cancellationToken);
    }

    private async Task HandleAsync(InboxItem item, WeComEvent message, CancellationToken cancellationToken)
    {
        string? failure;
        var isWaiting = false;
        try
        {
            switch (await _handlers[item.Handler].HandleAsync(message, item, cancellationToken))
            {
                case Handled.Done done:
                    done.Changes.Marks.Add(new InboxMark(item.MessageId, item.Handler, null, null));
                    await changes.CommitAsync(done.Changes, cancellationToken);
                    return;
                case Handled.Later later:
                    failure = later.Reason;
                    isWaiting = clock.GetNow() - item.ReceivedAt < Patience;
                    break;
                default:
                    failure = "no result";
                    break;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A handler's bug must not stop the others; the item keeps the reason and comes back or is parked.
            Log.Failed(logger, exception, item.Handler, item.MessageId, item.Attempts + 1);
            failure = $"{exception.GetType().Name}: {exception.Message}";
        }

        var attempts = item.Attempts + 1;
        var retryAt = attempts >= MaxAttempts && !isWaiting ? (DateTimeOffset?)null : clock.GetNow() + BackOff(attempts);
        if (retryAt is null)
        {
            Log.Parked(logger, item.Handler, item.MessageId, attempts);
        }

        var marked = new Changes();
        marked.Marks.Add(new InboxMark(item.MessageId, item.Handler, failure, retryAt));
        await changes.CommitAsync(marked, cancellationToken);
    }

    /// <summary>2, 4, 8 … seconds, at most ten minutes.</summary>
    private static TimeSpan BackOff(int attempts) => TimeSpan.FromSeconds(Math.Min(600, Math.Pow(2, attempts)));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Handler {Handler} failed on message {MessageId}, attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Exception exception, string handler, string messageId, int attempt);

        [LoggerMessage(2, LogLevel.Error, "Handler {Handler} parked message {MessageId} after {Attempts} attempts: a person must look")]
        public static partial void Parked(ILogger logger, string handler, string messageId, int attempts);

        [LoggerMessage(3, LogLevel.Warning, "A message could not be read and is kept: {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}

using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Inbox;

/// <summary>
/// Takes messages from the inbox to their handlers: routes what is new, claims what is due, commits each handler's changes
/// together with its mark. Any number of them may run at once: a claim is a lease, prolonged while the batch is handled. A
/// handler that fails is tried again with back-off and parked after <see cref="MaxAttempts"/>; one that waits for something
/// (WeCom away, a member not known yet) is tried for two days.
/// </summary>
public sealed partial class InboxDispatcher(
    IInboxStore inbox, IChangeStore changes, IWeComEventReader reader, IEnumerable<IMessageHandler> handlers, IEntropy entropy, TimeProvider clock,
    ILogger<InboxDispatcher> logger)
{
    public const int MaxAttempts = 8;

    /// <summary>After this others take over what a silent node has claimed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Messages that are handled in one batch; four times as many are routed.</summary>
    public const int BatchSize = 64;

    private const int Parallelism = 8;

    /// <summary>How often a handler decides anew at once when another was first.</summary>
    private const int Decisions = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(48);

    private readonly Dictionary<string, IMessageHandler> _handlers = handlers.ToDictionary(handler => handler.Name, StringComparer.Ordinal);

    /// <summary>Handles one batch; the number of messages routed or handled, 0 when there was nothing to do.</summary>
    public Task<int> DispatchOnceAsync(CancellationToken cancellationToken) => DispatchOnceAsync(BatchSize, cancellationToken);

    /// <summary>As above with a batch of another size: a small one is soon out of the way of others.</summary>
    public async Task<int> DispatchOnceAsync(int batch, CancellationToken cancellationToken)
    {
        var unrouted = await inbox.UnroutedAsync(batch * 4, cancellationToken);
        if (unrouted.Count > 0)
        {
            await RouteAsync(unrouted, cancellationToken);
        }

        var items = await inbox.ClaimAsync(clock.GetNow(), Lease, batch, cancellationToken);
        if (items.Count > 0)
        {
            using var handled = new CancellationTokenSource();
            var renewing = RenewAsync(items[0].Claim, handled.Token);
            try
            {
                await HandleAsync(items, cancellationToken);
            }
            finally
            {
                await handled.CancelAsync();
                await renewing;
                if (cancellationToken.IsCancellationRequested)
                {
                    // The service stops: what was not begun need not wait until the lease is over.
                    await inbox.ReleaseAsync(items[0].Claim, CancellationToken.None);
                }
            }
        }

        return unrouted.Count + items.Count;
    }

    /// <summary>Messages about one subject keep their order; different subjects go side by side.</summary>
    private Task HandleAsync(IReadOnlyList<InboxItem> items, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items.Select(item => (Item: item, Event: Parse(item.Body))).GroupBy(pair => Routes.LaneOf(pair.Event), StringComparer.Ordinal).ToArray(),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (lane, token) =>
        {
            foreach (var (item, message) in lane)
            {
                await HandleAsync(item, message, token);
            }
        });

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
            routed.Routed.Add(new InboxRoute(message.Id, Routes.NameOf(parsed), Routes.Of(parsed), now, Routes.LaneOf(parsed)));
        }

        await changes.CommitAsync(routed, cancellationToken);
        Milestone.Reach(Milestone.InboxRouted);
    }

    private async Task HandleAsync(InboxItem item, WeComEvent message, CancellationToken cancellationToken)
    {
        try
        {
            var (failure, isWaiting) = await DecideAsync(item, message, cancellationToken);
            if (failure is not null)
            {
                await PostponeAsync(item, failure, isWaiting, cancellationToken);
            }
        }
        catch (ClaimLostException)
        {
            Log.ClaimLost(logger, item.Handler, item.MessageId);
        }
    }

    /// <summary>Null when what the handler decided is committed; else why not, and whether it waits for something.</summary>
    private async Task<(string? Failure, bool IsWaiting)> DecideAsync(InboxItem item, WeComEvent message, CancellationToken cancellationToken)
    {
        if (!_handlers.TryGetValue(item.Handler, out var handler))
        {
            // A newer version routed it, or an older one: trying again would change nothing.
            await MarkAsync(item, $"This version of the program has no handler named {item.Handler}. Replay the message with the version that has it.", retryAt: null, cancellationToken);
            Log.Parked(logger, item.Handler, item.MessageId, item.Attempts + 1);
            return (null, false);
        }

        try
        {
            for (var decision = 1; ; decision++)
            {
                switch (await handler.HandleAsync(message, item, cancellationToken))
                {
                    case Handled.Done done:
                        done.Changes.Marks.Add(new InboxMark(item.MessageId, item.Handler, item.Claim, null, null));
                        Milestone.Reach(Milestone.InboxHandled);
                        try
                        {
                            await changes.CommitAsync(done.Changes, cancellationToken);
                        }
                        catch (ConflictException) when (decision < Decisions)
                        {
                            // What it decided on has changed meanwhile: it looks again.
                            continue;
                        }

                        Milestone.Reach(Milestone.InboxCommitted);
                        return (null, false);
                    case Handled.Later later:
                        return (later.Reason, clock.GetNow() - item.ReceivedAt < Patience);
                    default:
                        return ("no result", false);
                }
            }
        }
        catch (Exception exception) when (exception is not ClaimLostException && (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested))
        {
            // A handler's bug must not stop the others; the item keeps the reason and comes back or is parked.
            Log.Failed(logger, exception, item.Handler, item.MessageId, item.Attempts + 1);
            return ($"{exception.GetType().Name}: {exception.Message}", false);
        }
    }

    private async Task PostponeAsync(InboxItem item, string failure, bool isWaiting, CancellationToken cancellationToken)
    {
        var attempts = item.Attempts + 1;
        var retryAt = attempts >= MaxAttempts && !isWaiting ? (DateTimeOffset?)null : clock.GetNow() + BackOff(attempts);
        await MarkAsync(item, failure, retryAt, cancellationToken);
        if (retryAt is null)
        {
            Log.Parked(logger, item.Handler, item.MessageId, attempts);
        }
    }

    private Task MarkAsync(InboxItem item, string failure, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var marked = new Changes();
        marked.Marks.Add(new InboxMark(item.MessageId, item.Handler, item.Claim, failure, retryAt));
        return changes.CommitAsync(marked, cancellationToken);
    }

    /// <summary>Prolongs the claim every third of its lease, until the batch is handled.</summary>
    private async Task RenewAsync(string claim, CancellationToken handled)
    {
        while (!handled.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Lease / 3, clock, handled);
                await inbox.RenewAsync(claim, clock.GetNow(), Lease, handled);
            }
            catch (OperationCanceledException) when (handled.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Safe without: what another takes over meanwhile is refused here.
                Log.NotRenewed(logger, exception);
            }
        }
    }

    /// <summary>2, 4, 8 … seconds, at most ten minutes; up to a quarter more, so that what failed together does not come back together.</summary>
    private TimeSpan BackOff(int attempts)
    {
        Span<byte> random = stackalloc byte[4];
        entropy.Fill(random);
        var share = BinaryPrimitives.ReadUInt32LittleEndian(random) / (double)uint.MaxValue;
        return TimeSpan.FromMilliseconds(Math.Round(1000 * Math.Min(600, Math.Pow(2, attempts)) * (1 + (share / 4))));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Handler {Handler} failed on message {MessageId}, attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Exception exception, string handler, string messageId, int attempt);

        [LoggerMessage(2, LogLevel.Error, "Handler {Handler} parked message {MessageId} after {Attempts} attempts: a person must look")]
        public static partial void Parked(ILogger logger, string handler, string messageId, int attempts);

        [LoggerMessage(3, LogLevel.Warning, "A message could not be read and is kept: {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Information, "Handler {Handler} was too slow for message {MessageId}: another node has taken it over")]
        public static partial void ClaimLost(ILogger logger, string handler, string messageId);

        [LoggerMessage(5, LogLevel.Warning, "A claim could not be prolonged")]
        public static partial void NotRenewed(ILogger logger, Exception exception);
    }
}

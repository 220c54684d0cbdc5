using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Primitives;

namespace WeComOps.WeCom.Api;

/// <summary>
/// One budget per corp for all nodes, counted in the store in fixed windows of a minute. With a limit of at most half of
/// WeCom's the fixed windows are as safe as a sliding one: any 60 seconds touch two of them at most, and two times half is
/// WeCom's limit. That holds while the nodes' clocks agree; a node that is behind counts in the window where the others are.
/// A call that cannot be counted, because the store is away, is held.
/// </summary>
internal sealed partial class SharedBudget(ISharedCalls calls, IOptions<WeComOptions> options, TimeProvider clock, ILogger<SharedBudget> logger) : IRateBudget
{
    /// <summary>Paths that were refused when last looked at: only these have a block to end, so that a usual call writes once.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _refused = new(StringComparer.Ordinal);

    public async ValueTask<CallEnd.Held?> TakeAsync(string path, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        // Also what this node knows and could not tell the store.
        if (_refused.TryGetValue(path, out var known) && now < known)
        {
            return Blocked(known - now);
        }

        var window = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % BudgetLimits.Window.Ticks), TimeSpan.Zero);
        CallCount count;
        try
        {
            count = await calls.CountAsync(options.Value.CorpId, path, window, BudgetLimits.PerMinute(options.Value, path), now, cancellationToken);
        }
        catch (Exception exception) when (StoreAway.Is(exception))
        {
            Log.Away(logger, path, exception);
            return new CallEnd.Held(StoreAway.Pause, "the store that counts the calls does not answer");
        }

        if (count.Refused)
        {
            _refused[path] = count.BlockedUntil;
        }
        else
        {
            _refused.TryRemove(path, out _);
        }

        if (count.Counted)
        {
            return null;
        }

        return now < count.BlockedUntil
            ? Blocked(count.BlockedUntil - now)
            : new CallEnd.Held(window + BudgetLimits.Window - now, "the rate budget of this API is used up");
    }

    public async ValueTask<CallEnd.Held> BlockAsync(string path, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        DateTimeOffset until;
        try
        {
            until = await calls.BlockAsync(options.Value.CorpId, path, now, BudgetLimits.FirstBlock, BudgetLimits.NextBlock, cancellationToken);
        }
        catch (Exception exception) when (StoreAway.Is(exception))
        {
            Log.Away(logger, path, exception);
            until = now + BudgetLimits.FirstBlock;
        }

        _refused[path] = until;
        return new CallEnd.Held(until - now, "WeCom said 45009");
    }

    public async ValueTask UnblockAsync(string path, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        if (!_refused.TryGetValue(path, out var until) || now < until)
        {
            return;
        }

        try
        {
            await calls.UnblockAsync(options.Value.CorpId, path, now, cancellationToken);
            _refused.TryRemove(path, out _);
        }
        catch (Exception exception) when (StoreAway.Is(exception))
        {
            // The next answer on this path tries again; until then a block would last longer than it must.
            Log.Away(logger, path, exception);
        }
    }

    private static CallEnd.Held Blocked(TimeSpan rest) => new(rest, "WeCom blocks this API (45009)");

    private static partial class Log
    {
        [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "{Path}: the store that counts the calls does not answer")]
        public static partial void Away(ILogger logger, string path, Exception exception);
    }
}

using Microsoft.Extensions.Options;

namespace WeComOps.WeCom.Api;

/// <summary>Counts in memory, over a sliding minute: exact where one process makes all the calls.</summary>
internal sealed class LocalBudget(IOptions<WeComOptions> options, TimeProvider clock) : IRateBudget
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PathState> _paths = new(StringComparer.Ordinal);

    public ValueTask<CallEnd.Held?> TakeAsync(string path, CancellationToken cancellationToken) => ValueTask.FromResult(Take(path));

    public ValueTask<CallEnd.Held> BlockAsync(string path, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var state = StateOf(path);
            // Calls that were under way together are refused together: one refusal.
            if (now >= state.BlockedUntil)
            {
                state.BlockedUntil = now + (state.Refused ? BudgetLimits.NextBlock : BudgetLimits.FirstBlock);
                state.Refused = true;
            }

            return ValueTask.FromResult(new CallEnd.Held(state.BlockedUntil - now, "WeCom said 45009"));
        }
    }

    public ValueTask UnblockAsync(string path, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var state = StateOf(path);
            state.Refused &= now < state.BlockedUntil;
        }

        return ValueTask.CompletedTask;
    }

    private CallEnd.Held? Take(string path)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var state = StateOf(path);
            if (now < state.BlockedUntil)
            {
                return new CallEnd.Held(state.BlockedUntil - now, "WeCom blocks this API (45009)");
            }

            while (state.Calls.TryPeek(out var oldest) && oldest <= now - BudgetLimits.Window)
            {
                state.Calls.Dequeue();
            }

            if (state.Calls.Count >= BudgetLimits.PerMinute(options.Value, path))
            {
                return new CallEnd.Held(state.Calls.Peek() + BudgetLimits.Window - now, "the rate budget of this API is used up");
            }

            state.Calls.Enqueue(now);
            return null;
        }
    }

    private PathState StateOf(string path)
    {
        if (!_paths.TryGetValue(path, out var state))
        {
            _paths[path] = state = new PathState();
        }

        return state;
    }

    private sealed class PathState
    {
        public Queue<DateTimeOffset> Calls { get; } = new();

        public DateTimeOffset BlockedUntil { get; set; }

        public bool Refused { get; set; }
    }
}

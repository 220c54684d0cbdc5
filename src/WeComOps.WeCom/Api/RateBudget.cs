using Microsoft.Extensions.Options;

namespace WeComOps.WeCom.Api;

/// <summary>
/// Calls per sliding minute and API path, by default half of what WeCom documents, and the blocks that WeCom imposes with 45009. One
/// budget per process: with several nodes, divide <c>WeCom:Budgets</c> among them.
/// </summary>
internal sealed class RateBudget(IOptions<WeComOptions> options, TimeProvider clock)
{
    /// <summary>WeCom: 10,000 a minute per corp and API.</summary>
    private const int DefaultPerMinute = 5000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstBlock = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NextBlock = TimeSpan.FromMinutes(60);

    /// <summary>Paths with a documented limit of their own, halved.</summary>
    private static readonly Dictionary<string, int> Documented = new(StringComparer.Ordinal)
    {
        ["/cgi-bin/externalcontact/add_moment_task"] = 5,
    };

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PathState> _paths = new(StringComparer.Ordinal);

    /// <returns>Null when the call may be made now (and is counted), else why and how long to wait.</returns>
    public CallEnd.Held? Take(string path)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var state = StateOf(path);
            if (now < state.BlockedUntil)
            {
                return new CallEnd.Held(state.BlockedUntil - now, "WeCom blocks this API (45009)");
            }

            while (state.Calls.TryPeek(out var oldest) && oldest <= now - Window)
            {
                state.Calls.Dequeue();
            }

            if (state.Calls.Count >= PerMinute(path))
            {
                return new CallEnd.Held(state.Calls.Peek() + Window - now, "the rate budget of this API is used up");
            }

            state.Calls.Enqueue(now);
            return null;
        }
    }

    /// <summary>WeCom said 45009: nothing more on this path for a minute; when that was not enough, for an hour.</summary>
    public CallEnd.Held Block(string path)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var state = StateOf(path);
            // Calls that were under way together are refused together: one refusal.
            if (now >= state.BlockedUntil)
            {
                state.BlockedUntil = now + (state.Refused ? NextBlock : FirstBlock);
                state.Refused = true;
            }

            return new CallEnd.Held(state.BlockedUntil - now, "WeCom said 45009");
        }
    }

    /// <summary>WeCom answered otherwise: the block is over.</summary>
    public void Unblock(string path)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var state = StateOf(path);
            state.Refused &= now < state.BlockedUntil;
        }
    }

    private int PerMinute(string path) => options.Value.Budgets.TryGetValue(path, out var configured)
        ? configured
        : Documented.GetValueOrDefault(path, DefaultPerMinute);

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

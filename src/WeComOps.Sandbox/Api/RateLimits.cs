namespace WeComOps.Sandbox.Api;

/// <summary>Calls per API and minute; who passes the limit is shut out for as long as the window (errcode 45009, doc 90312).</summary>
internal sealed class RateLimits
{
    private const int BasePerMinute = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>Counts a call; false when it is refused.</summary>
    public bool Allow(string api, int? perMinute, DateTimeOffset now)
    {
        if (!_states.TryGetValue(api, out var state)) _states.Add(api, state = new State());
        if (now < state.BlockedUntil) return false;
        if (now - state.From >= Window) (state.From, state.Count) = (now, 0);
        if (++state.Count <= (perMinute ?? BasePerMinute)) return true;
        state.BlockedUntil = now + Window;
        return false;
    }

    private sealed class State
    {
        public DateTimeOffset From { get; set; } = DateTimeOffset.MinValue;

        public DateTimeOffset BlockedUntil { get; set; } = DateTimeOffset.MinValue;

        public int Count { get; set; }
    }
}

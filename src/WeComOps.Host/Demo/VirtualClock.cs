namespace WeComOps.Host.Demo;

/// <summary>
/// The demo's time: it stands still until the stepper moves it, and runs with real time once the story is told. Timers are
/// those of real time: nothing in the product waits on them for a business reason.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = start.ToUniversalTime();
    private DateTimeOffset? _runsSince;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _runsSince is { } since ? _now + (System.GetUtcNow() - since) : _now;
        }
    }

    /// <exception cref="InvalidOperationException">Time would go back.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        lock (_lock)
        {
            if (instant < _now || _runsSince is not null)
            {
                throw new InvalidOperationException($"The clock cannot go from {_now:O} to {instant:O}.");
            }

            // GetUtcNow promises UTC: an instant in Shanghai time has other ticks.
            _now = instant.ToUniversalTime();
        }
    }

    /// <summary>From here on time passes by itself.</summary>
    public void Run()
    {
        lock (_lock)
        {
            _runsSince ??= System.GetUtcNow();
        }
    }
}

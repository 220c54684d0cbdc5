namespace WeComOps.Sandbox.Tests;

/// <summary>A clock that moves only when told.</summary>
internal sealed class VirtualClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now.ToUniversalTime();
    }

    public void MoveTo(DateTimeOffset at)
    {
        lock (_gate) _now = at > _now ? at : _now;
    }
}

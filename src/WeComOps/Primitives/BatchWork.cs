namespace WeComOps.Primitives;

/// <summary>
/// Work that nobody waits for: jobs and healing. It is ambient, as <see cref="Fence"/> is, so that no call of such work can leave it
/// out: the WeCom client leaves a share of each rate budget to the calls that a person, a callback or a push waits for.
/// </summary>
public static class BatchWork
{
    private static readonly AsyncLocal<bool> Flowing = new();

    /// <summary>The running code is batch work.</summary>
    public static bool IsCurrent => Flowing.Value;

    /// <summary>Everything awaited until the answer is disposed is batch work.</summary>
    public static IDisposable Enter()
    {
        var outer = Flowing.Value;
        Flowing.Value = true;
        return new Scope(outer);
    }

    private sealed class Scope(bool outer) : IDisposable
    {
        public void Dispose() => Flowing.Value = outer;
    }
}

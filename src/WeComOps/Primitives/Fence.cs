namespace WeComOps.Primitives;

/// <summary>
/// What lets one node, and no other, do a duty: the duty's name and the epoch in which this node took it. Whoever takes a duty
/// over does so in a higher epoch, and from then on everything that carries the lower one is refused. Safety rests on the
/// epoch alone; clocks only decide how soon another node may take over.
/// </summary>
/// <param name="Duty">What only one node at a time does, such as launching pushes.</param>
/// <param name="Epoch">From 1; grows with every change of hands.</param>
public sealed record Fence(string Duty, long Epoch)
{
    private static readonly AsyncLocal<Fence?> Flowing = new();

    /// <summary>
    /// The fence under which the running code works, or null outside of a duty. It is ambient so that no write and no
    /// creating call of a duty can leave it out: the change store checks it inside the transaction, the WeCom client
    /// immediately before a call that creates something.
    /// </summary>
    public static Fence? Current => Flowing.Value;

    /// <summary>Everything awaited until the answer is disposed works under this fence.</summary>
    public IDisposable Enter()
    {
        var outer = Flowing.Value;
        Flowing.Value = this;
        return new Scope(outer);
    }

    private sealed class Scope(Fence? outer) : IDisposable
    {
        public void Dispose() => Flowing.Value = outer;
    }
}

/// <summary>Another node has taken the duty over: nothing was written, no call was made, and this node stops what it did for it.</summary>
public sealed class FenceLostException : Exception
{
    public FenceLostException()
        : base("Another node has taken this duty over; nothing was written.")
    {
    }

    public FenceLostException(string message)
        : base(message)
    {
    }

    public FenceLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

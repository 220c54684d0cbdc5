namespace WeComOps.Primitives;

/// <summary>Who does what only one node at a time may do.</summary>
public interface IDutyStore
{
    /// <summary>
    /// Takes a free duty, in a new epoch, or renews one that this node holds, in the same epoch. Null: another node holds it.
    /// A duty is free when nobody took it, when it was released and when its lease ran out; with an engine that lets only one
    /// process write, it is free for whichever process that is.
    /// </summary>
    /// <param name="node">Names one process for its life: a restarted one is another node.</param>
    /// <param name="lease">How long others must wait when this node falls silent.</param>
    Task<Fence?> TakeAsync(string duty, string node, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Whether the fence is still the duty's newest.</summary>
    Task<bool> HoldsAsync(Fence fence, CancellationToken cancellationToken);

    /// <summary>Frees the duty at once, so that another node need not wait for the lease. A stale fence changes nothing.</summary>
    Task ReleaseAsync(Fence fence, CancellationToken cancellationToken);
}

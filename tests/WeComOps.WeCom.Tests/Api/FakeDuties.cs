using WeComOps.Primitives;

namespace WeComOps.WeCom.Tests.Api;

/// <summary>One duty whose newest epoch the test sets.</summary>
internal sealed class FakeDuties : IDutyStore
{
    private int _asked;

    public long Newest { get; set; } = 1;

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Outage { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public Task<Fence?> TakeAsync(string duty, string node, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> HoldsAsync(Fence fence, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return Outage is { } outage ? Task.FromException<bool>(outage) : Task.FromResult(fence.Epoch == Newest);
    }

    public Task ReleaseAsync(Fence fence, CancellationToken cancellationToken) => throw new NotSupportedException();
}

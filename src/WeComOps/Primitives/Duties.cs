using Microsoft.Extensions.Logging;

namespace WeComOps.Primitives;

/// <summary>
/// Names this process among the nodes, for its life: a restarted process is another node, since nobody knows what its
/// predecessor still had under way.
/// </summary>
/// <param name="Name">Machine, process and something random; shown to people who ask who holds a duty.</param>
public sealed record NodeName(string Name)
{
    public static NodeName New() => new(string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{new SystemEntropy().NewToken(8)}"));
}

/// <summary>
/// Holds a duty while its work runs: takes it, renews it every third of its lease, puts the work under the fence, stops the
/// work when the duty is lost, and frees it at the end.
/// </summary>
public sealed partial class Duties(IDutyStore store, NodeName node, TimeProvider clock, ILogger<Duties> logger)
{
    /// <summary>Launching and settling pushes, sending messages.</summary>
    public const string Outbox = "outbox";

    /// <summary>Scheduled jobs: one at a time in the cluster.</summary>
    public const string Jobs = "jobs";

    /// <summary>Comparing WeCom's lists with what is known.</summary>
    public const string Healing = "healing";

    /// <summary>A silent node's calls are taken over after this.</summary>
    public static readonly TimeSpan OutboxLease = TimeSpan.FromSeconds(30);

    /// <summary>A silent node's jobs are taken over after this.</summary>
    public static readonly TimeSpan JobsLease = TimeSpan.FromSeconds(10);

    /// <summary>The fence, without holding it by renewal: for who works in one go. Null: another node holds the duty.</summary>
    public Task<Fence?> TakeAsync(string duty, TimeSpan lease, CancellationToken cancellationToken) => store.TakeAsync(duty, node.Name, lease, cancellationToken);

    /// <summary>Runs the work under the duty's fence. False: another node holds the duty and nothing was run.</summary>
    /// <param name="work">Must end soon after its token is cancelled.</param>
    /// <exception cref="FenceLostException">Another node took the duty over, or this one could not renew it in time; the work was stopped.</exception>
    public async Task<bool> RunAsync(string duty, TimeSpan lease, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        // Before the store is asked: the lease runs at least from here.
        var asked = clock.GetTimestamp();
        if (await TakeAsync(duty, lease, cancellationToken) is not { } fence)
        {
            return false;
        }

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = new CancellationTokenSource();
        var keeping = KeepAsync(fence, lease, asked, stopped, ended.Token);
        try
        {
            using (fence.Enter())
            {
                await work(stopped.Token);
            }
        }
        catch (OperationCanceledException exception) when (stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FenceLostException($"This node no longer holds '{duty}' in epoch {fence.Epoch}; its work was stopped.", exception);
        }
        finally
        {
            await ended.CancelAsync();
            await keeping;
            await ReleaseAsync(fence);
        }

        return true;
    }

    /// <summary>Renews until the work has ended; cancels the work when the duty is lost.</summary>
    private async Task KeepAsync(Fence fence, TimeSpan lease, long renewed, CancellationTokenSource work, CancellationToken ended)
    {
        var pause = lease / 3;
        while (await PauseAsync(pause, ended))
        {
            var asked = clock.GetTimestamp();
            var left = lease - clock.GetElapsedTime(renewed, asked);
            try
            {
                // A process that was stopped for longer than its lease asks once, briefly: where nobody could take over it still holds.
                var patience = left > TimeSpan.Zero ? left : pause;
                if (await TakeAsync(fence.Duty, lease, ended).WaitAsync(patience, clock, ended) != fence)
                {
                    Log.TakenOver(logger, fence.Duty, fence.Epoch);
                    await work.CancelAsync();
                    return;
                }

                renewed = asked;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The store is away. While the lease runs nobody else can have the duty; after it, anybody may.
                if (clock.GetElapsedTime(renewed) >= lease)
                {
                    Log.NotRenewed(logger, exception, fence.Duty, fence.Epoch);
                    await work.CancelAsync();
                    return;
                }

                Log.NotRenewedYet(logger, exception, fence.Duty);
            }
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken ended)
    {
        try
        {
            await Task.Delay(pause, clock, ended);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReleaseAsync(Fence fence)
    {
        try
        {
            await store.ReleaseAsync(fence, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Its lease frees it a little later.
            Log.NotReleased(logger, exception, fence.Duty);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Another node has taken over {Duty} from epoch {Epoch}: its work stops here")]
        public static partial void TakenOver(ILogger logger, string duty, long epoch);

        [LoggerMessage(2, LogLevel.Warning, "{Duty} could not be renewed before its lease ended: the work of epoch {Epoch} stops here")]
        public static partial void NotRenewed(ILogger logger, Exception exception, string duty, long epoch);

        [LoggerMessage(3, LogLevel.Warning, "{Duty} could not be renewed; its lease still runs")]
        public static partial void NotRenewedYet(ILogger logger, Exception exception, string duty);

        [LoggerMessage(4, LogLevel.Warning, "{Duty} could not be freed; its lease frees it")]
        public static partial void NotReleased(ILogger logger, Exception exception, string duty);
    }
}

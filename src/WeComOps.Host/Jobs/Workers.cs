using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Host.Jobs;

/// <summary>What has to happen soon after something came in: inbox, clicks, messages and pushes that are due.</summary>
internal sealed class WorkCycle(
    InboxDispatcher inbox, ClickLog clicks, SendMessages messages, LaunchPushes launches, SettlePushes settlements, Heal heal, Duties duties)
{
    private const int MostClicks = 256;

    /// <summary>Work that any number of nodes do side by side: each message is claimed. How much was done.</summary>
    /// <param name="batch">Messages at a time.</param>
    public async Task<int> TakeInAsync(int batch, CancellationToken cancellationToken) =>
        await inbox.DispatchOnceAsync(batch, cancellationToken) + await clicks.WriteAsync(MostClicks, cancellationToken);

    /// <summary>All clicks that wait in this process's memory.</summary>
    public Task WriteClicksAsync(CancellationToken cancellationToken) => clicks.WriteAsync(cancellationToken);

    /// <summary>Messages that were cut off become UNKNOWN before anything new is started; pushes see to theirs in every round.</summary>
    public Task RecoverAsync(CancellationToken cancellationToken) => messages.RecoverAsync(cancellationToken);

    /// <summary>Work of the one node that holds <see cref="Duties.Outbox"/>, under its fence. How much was done.</summary>
    public async Task<int> SendOutAsync(CancellationToken cancellationToken) =>
        await messages.RunAsync(cancellationToken)
        + await launches.RunAsync(cancellationToken)
        + await settlements.RunAsync(cancellationToken);

    /// <summary>Rounds of everything, healing included, until nothing is left to do now; for a process that works alone.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var outbox = await duties.TakeAsync(Duties.Outbox, Duties.OutboxLease, cancellationToken)
            ?? throw new InvalidOperationException("Another process sends messages and pushes.");
        int done;
        do
        {
            done = await TakeInAsync(InboxDispatcher.BatchSize, cancellationToken);
            using (outbox.Enter())
            {
                done += await SendOutAsync(cancellationToken);
            }
        }
        while (done > 0 || await heal.StepAsync(cancellationToken));
    }
}

/// <summary>
/// Runs the work cycle in real time, at once when there is work, else every half second: what comes in on every worker node,
/// what goes out where the duty is held.
/// </summary>
internal sealed partial class Worker(WorkCycle cycle, Duties duties, IntakeLoad load, ILogger<Worker> logger) : BackgroundService
{
    private const int SmallStep = InboxDispatcher.BatchSize / 4;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>How often a node asks for a duty that another holds: well below the lease.</summary>
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(2);

    /// <summary>The server has stopped taking requests before: the clicks that came in are written.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await cycle.WriteClicksAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        LoopAsync(TakeInAsync, stoppingToken),
        LoopAsync(async token => await duties.RunAsync(Duties.Outbox, Duties.OutboxLease, SendOutAsync, token) ? TimeSpan.Zero : Asking, stoppingToken));

    /// <summary>
    /// While callbacks crowd in, small steps, and four fifths of the time belong to the callbacks alone: they are lost when they wait
    /// too long, and this is not.
    /// </summary>
    private async Task<TimeSpan> TakeInAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        if (await cycle.TakeInAsync(load.IsCrowded ? SmallStep : InboxDispatcher.BatchSize, cancellationToken) == 0)
        {
            return Idle;
        }

        var pause = 4 * TimeProvider.System.GetElapsedTime(start);
        return !load.IsCrowded ? TimeSpan.Zero : pause < Idle ? pause : Idle;
    }

    private async Task SendOutAsync(CancellationToken cancellationToken)
    {
        // Newly taken: whoever held the duty before may have called and not recorded it.
        await cycle.RecoverAsync(cancellationToken);
        while (true)
        {
            if (await cycle.SendOutAsync(cancellationToken) == 0)
            {
                await Task.Delay(Idle, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Steps until the host stops; a step says how long to pause after it.</summary>
    private async Task LoopAsync(Func<CancellationToken, Task<TimeSpan>> step, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await step(stoppingToken);
            }
            catch (FenceLostException exception)
            {
                Log.FenceLost(logger, exception.Message);
                pause = Asking;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The store or the network is away: say so and go on when it is back.
                Log.Failed(logger, exception);
                pause = AfterFailure;
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, TimeProvider.System, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The work cycle failed and goes on in a few seconds")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "This node stops sending: {Reason}")]
        public static partial void FenceLost(ILogger logger, string reason);
    }
}

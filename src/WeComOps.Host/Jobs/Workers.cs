using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Links;
using WeComOps.Outbox;

namespace WeComOps.Host.Jobs;

/// <summary>What has to happen soon after something came in: inbox, clicks, messages and pushes that are due.</summary>
internal sealed class WorkCycle(InboxDispatcher inbox, ClickLog clicks, SendMessages messages, LaunchPushes launches, SettlePushes settlements, Heal heal)
{
    /// <summary>Messages that a crash cut off become UNKNOWN before anything new is started; pushes see to theirs in every round.</summary>
    public Task RecoverAsync(CancellationToken cancellationToken) => messages.RecoverAsync(cancellationToken);

    /// <summary>One round; how much was done.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken) =>
        await inbox.DispatchOnceAsync(cancellationToken)
        + await clicks.WriteAsync(cancellationToken)
        + await messages.RunAsync(cancellationToken)
        + await launches.RunAsync(cancellationToken)
        + await settlements.RunAsync(cancellationToken);

    /// <summary>Rounds until nothing is left to do now, healing included: the demo's way to work.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await RunOnceAsync(cancellationToken) > 0 || await heal.StepAsync(cancellationToken))
        {
        }
    }
}

/// <summary>Runs the work cycle in real time: at once when there is work, else every half second.</summary>
internal sealed partial class Worker(WorkCycle cycle, ILogger<Worker> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await cycle.RecoverAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await cycle.RunOnceAsync(stoppingToken) > 0 ? TimeSpan.Zero : Idle;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
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
    }
}

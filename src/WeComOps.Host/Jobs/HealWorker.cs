using WeComOps.Healing;
using WeComOps.Primitives;
using WeComOps.Storage;

namespace WeComOps.Host.Jobs;

/// <summary>
/// Heals in real time, a page after the other, beside the other work. It also notices outages: it stores that it is alive, and
/// when the last such mark is older than <see cref="Outage"/>, the service or its store was away, callbacks may have been
/// missed, and a run is asked for.
/// </summary>
internal sealed partial class HealWorker(
    Heal heal, Duties duties, StorageMaintenance storage, IJobStore jobs, IChangeStore changes, TimeProvider clock, ILogger<HealWorker> logger) : BackgroundService
{
    /// <summary>Stored as a job whose period is the last sign of life.</summary>
    public const string Heartbeat = "heartbeat";

    public static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);

    /// <summary>What waits in spill files and in WeCom's own retries comes first: the lists then have less to add.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private DateTimeOffset _beaten = DateTimeOffset.MinValue;

    /// <summary>
    /// One round: a sign of life when it is due, and a page when one is. False: nothing to do now.
    /// </summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        if (now - _beaten >= Beat)
        {
            await BeatAsync(now, cancellationToken);
            _beaten = now;
        }

        return await heal.StepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.OpenedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // One node heals; the others ask now and then whether it still does.
                await duties.RunAsync(Duties.Healing, Duties.OutboxLease, GoOnAsync, stoppingToken);
            }
            catch (FenceLostException exception)
            {
                Log.FenceLost(logger, exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The store is away: the next mark that gets through tells for how long.
                Log.Failed(logger, exception);
            }

            await Task.Delay(Idle, TimeProvider.System, stoppingToken);
        }
    }

    private async Task GoOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await RunOnceAsync(cancellationToken))
            {
                await Task.Delay(Idle, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task BeatAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await jobs.LastPeriodAsync(Heartbeat, cancellationToken);
        var alive = new Changes();
        alive.Jobs.Add(new JobMark(Heartbeat, now));
        if (last is { } before && now - before > Outage)
        {
            Log.WasAway(logger, before, now);
            alive.HealRequests.Add(new HealRequest(now + Settling, HealReason.Outage, "heartbeat"));
        }

        await changes.CommitAsync(alive, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Nothing was stored from {From} to {To}: what callbacks missed meanwhile is read from the lists")]
        public static partial void WasAway(ILogger logger, DateTimeOffset from, DateTimeOffset to);

        [LoggerMessage(2, LogLevel.Error, "Healing failed and goes on in a few seconds")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Information, "This node stops healing: {Reason}")]
        public static partial void FenceLost(ILogger logger, string reason);
    }
}

using WeComOps.Healing;
using WeComOps.Primitives;
using WeComOps.Storage;

namespace WeComOps.Host.Jobs;

/// <summary>
/// Heals in real time, a page after the other, beside the other work, on the one node that holds the duty. It also notices
/// outages: it stores that it is alive, and when the last such mark is older than <see cref="Outage"/>, all workers or their store
/// were away, callbacks may have been missed, and a run is asked for.
/// </summary>
internal sealed partial class HealWorker(
    Heal heal, Duties duties, StorageMaintenance storage, IJobStore jobs, IChangeStore changes, TimeProvider clock, ILogger<HealWorker> logger) : BackgroundService
{
    /// <summary>Stored as a job whose period is the last sign of life.</summary>
    public const string Heartbeat = "heartbeat";

    public static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);

    /// <summary>What waits in spill files and in WeCom's own retries comes first: the lists then have less to add.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(15);

    /// <summary>Well below <see cref="Outage"/>: a node that takes over is no outage.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private readonly Loop _loop = new("Healing", logger);

    /// <summary>A sign of life; asks for a run when the last one is too old.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.OpenedAsync(stoppingToken);
        // While the store is away nothing is marked: the next mark that gets through tells for how long.
        await _loop.RunAsync(
            async token =>
            {
                await duties.RunAsync(Duties.Healing, Lease, WorkAsync, token);
                return Idle;
            },
            stoppingToken);
    }

    /// <summary>Side by side: a page for which WeCom takes a minute is no outage.</summary>
    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var batch = BatchWork.Enter();
        await Loop.SideBySideAsync(
            cancellationToken,
            async token =>
            {
                await BeatAsync(token);
                return BetweenBeats;
            },
            async token => await heal.StepAsync(token) ? TimeSpan.Zero : Idle);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Nothing was stored from {From} to {To}: what callbacks missed meanwhile is read from the lists")]
        public static partial void WasAway(ILogger logger, DateTimeOffset from, DateTimeOffset to);
    }
}

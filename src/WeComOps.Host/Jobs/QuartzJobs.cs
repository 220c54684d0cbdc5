using System.Data.Common;
using System.Globalization;
using Quartz;
using WeComOps.Primitives;
using WeComOps.Storage;

namespace WeComOps.Host.Jobs;

/// <summary>
/// Quartz fires the job table: in memory where there is one process, clustered in the database where there are many. In a cluster
/// a node looks in every 2 s, and one that was silent for 6 s is dead: another runs again what it was running.
/// </summary>
internal static class QuartzJobs
{
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(4);

    public static IServiceCollection AddScheduledJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddQuartz(quartz =>
        {
            // The port takes no callbacks any more while a stopping node waits for its job.
            quartz.ConfigureScheduler(static scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs);
            if (NodeRoles.MayBeMany(configuration))
            {
                Cluster(quartz, configuration["Storage:ConnectionString"] ?? "");
            }
        });
        return services.AddHostedService<JobScheduling>();
    }

    private static void Cluster(IQuartzBuilder quartz, string connectionString)
    {
        // A stored trigger names its zone, and a machine without zone data would not know it.
        TimeZones.AddResolver(static id => id == ShanghaiTime.Zone.Id ? ShanghaiTime.Zone : null);
        quartz.ConfigureScheduler(static scheduler => scheduler.InstanceName = "wecomops");
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(Npgsql.NpgsqlFactory.Instance, Complete(connectionString));
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
            store.UseClustering(static cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, Silence));
            store.ConfigureStore(static options =>
            {
                options.TablePrefix = "quartz_";
                options.StoreJobDataAsStrings = true;
                options.CommandTimeout = TimeSpan.FromSeconds(10);
                options.DbRetryInterval = TimeSpan.FromSeconds(2);
            });
        });
    }

    /// <summary>A pool of its own, small. The server ends a transaction whose node was stopped within it, so that nobody waits for its locks.</summary>
    private static string Complete(string connectionString)
    {
        var builder = new Npgsql.NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 8,
            Enlist = false,
            IncludeErrorDetail = false,
            ApplicationName = "wecomops jobs",
        };
        builder.Options = $"{builder.Options} -c idle_in_transaction_session_timeout=5000".Trim();
        return builder.ConnectionString;
    }
}

/// <summary>
/// Declares the jobs and starts the scheduler once the store is open. What the cluster has stored is kept: replacing a trigger
/// would lose what it still has to make up for or to recover.
/// </summary>
internal sealed partial class JobScheduling(
    ISchedulerFactory schedulers, StorageMaintenance storage, JobTable table, IJobStore jobs, TimeProvider clock, ILogger<JobScheduling> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private IScheduler? _scheduler;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_scheduler is { } scheduler)
        {
            // A job that is cut off has not marked its period: it runs again after the start, here or on another node.
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.OpenedAsync(stoppingToken);
        while (true)
        {
            try
            {
                var scheduler = await schedulers.GetScheduler(stoppingToken);
                _scheduler = scheduler;
                await ForgetAsync(scheduler, [.. table.Jobs.Select(job => job.Name)], stoppingToken);
                await DeclareAsync(scheduler, stoppingToken);
                await scheduler.Start(stoppingToken);
                await MakeUpAsync(scheduler, stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is SchedulerException or DbException or IOException or TimeoutException)
            {
                Log.Failed(logger, exception);
                await Task.Delay(AfterFailure, TimeProvider.System, stoppingToken);
            }
        }
    }

    /// <summary>
    /// Removes what an earlier version declared and this one does not know: its triggers would fire for ever into nothing. While
    /// versions change node by node the one that starts last decides, and that is the new one.
    /// </summary>
    /// <param name="names">The jobs of this version.</param>
    internal static async Task ForgetAsync(IScheduler scheduler, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(JobKey.DefaultGroup), cancellationToken))
        {
            if (!names.Contains(key.Name))
            {
                // With its triggers.
                await scheduler.DeleteJob(key, cancellationToken);
            }
        }
    }

    private async Task DeclareAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var job in table.Jobs)
        {
            var key = new JobKey(job.Name);
            if (await scheduler.GetJobDetail(key, cancellationToken) is not { RequestsRecovery: true })
            {
                var detail = JobBuilder.Create<RunJob>().WithIdentity(key).StoreDurably().RequestRecovery().Build();
                await scheduler.AddJob(detail, AddJobOptions.Replacing, cancellationToken);
            }

            var stored = await scheduler.GetTrigger(new TriggerKey(job.Name), cancellationToken);
            if (stored is not ICronTrigger cron || cron.CronExpressionString != job.Cron || cron.TimeZone.Id != ShanghaiTime.Zone.Id)
            {
                var trigger = TriggerBuilder.Create()
                    .WithIdentity(job.Name)
                    .ForJob(key)
                    .WithCronSchedule(job.Cron, schedule => schedule.InTimeZone(ShanghaiTime.Zone))
                    .Build();
                // Where there was none, another node may have put it there meanwhile.
                await scheduler.ScheduleTrigger(trigger, stored is null ? TriggerConflict.Keep : TriggerConflict.Replace, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Runs what became due while nothing ran: the last period of each job. Several nodes may find the same; the period is done
    /// once. On a first start the product must know who is there before it can credit anything.
    /// </summary>
    private async Task MakeUpAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        foreach (var job in table.Jobs)
        {
            var last = await jobs.LastPeriodAsync(job.Name, cancellationToken);
            if (last is null ? job.Name.StartsWith("sync-", StringComparison.Ordinal) : job.NextAfter(last.Value) <= now)
            {
                var period = job.LatestUpTo(now);
                var trigger = TriggerBuilder.Create()
                    .WithIdentity(string.Create(CultureInfo.InvariantCulture, $"{job.Name} {period.ToUnixTimeSeconds()}"), "missed")
                    .ForJob(job.Name)
                    .StartNow()
                    .Build();
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The jobs could not be scheduled; tried again in a few seconds")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

using Quartz;
using WeComOps.Primitives;

namespace WeComOps.Host.Jobs;

/// <summary>Quartz in memory: fires the job table; after a start it first makes up for the last period missed.</summary>
internal static class QuartzJobs
{
    private const string JobName = "job";

    public static IServiceCollection AddScheduledJobs(this IServiceCollection services)
    {
        services.AddQuartz();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services.AddHostedService<ScheduleJobs>();
    }

    private sealed class ScheduleJobs(ISchedulerFactory schedulers, JobTable table, IJobStore jobs, TimeProvider clock) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            var now = clock.GetNow();
            foreach (var job in table.Jobs)
            {
                var detail = JobBuilder.Create<RunJob>().WithIdentity(job.Name).UsingJobData(JobName, job.Name).Build();
                var trigger = TriggerBuilder.Create()
                    .WithIdentity(job.Name)
                    .WithCronSchedule(job.Cron, schedule => schedule.InTimeZone(ShanghaiTime.Zone))
                    .Build();
                await scheduler.ScheduleJob(detail, trigger, cancellationToken: cancellationToken);
                var last = await jobs.LastPeriodAsync(job.Name, cancellationToken);
                // On a first start the product must know who is there before it can credit anything.
                if (last is null ? job.Name.StartsWith("sync-", StringComparison.Ordinal) : job.NextAfter(last.Value) <= now)
                {
                    await scheduler.TriggerJob(new JobKey(job.Name), cancellationToken);
                }
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [DisallowConcurrentExecution]
    private sealed class RunJob(JobTable table, JobRunner runner, TimeProvider clock) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var job = table.Jobs.First(job => job.Name == context.MergedJobDataMap.GetString(JobName));
            await runner.RunAsync(job, context.ScheduledFireTimeUtc ?? clock.GetNow(), cancellationToken);
        }
    }
}

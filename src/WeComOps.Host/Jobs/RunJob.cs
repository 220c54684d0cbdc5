using Quartz;

namespace WeComOps.Host.Jobs;

/// <summary>
/// What Quartz fires for every job of the table: the job's name is the key's. Stored under this class's name in the clustered
/// store: never rename it without a migration.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class RunJob(JobTable table, JobRunner runner, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = table.Jobs.FirstOrDefault(job => job.Name == context.JobDetail.Key.Name)
            ?? throw new JobExecutionException($"This version knows no job {context.JobDetail.Key.Name}; a node of another version runs beside it.");
        // Fired late, made up for, recovered from a dead node: it is the same period, and is done once.
        await runner.RunAsync(job, job.LatestUpTo(context.ScheduledFireTimeUtc ?? clock.GetUtcNow()), cancellationToken);
    }
}

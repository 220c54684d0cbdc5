using WeComOps.Primitives;

namespace WeComOps.Host.Jobs;

/// <summary>Runs a job for a period once: the period is stored after the job ran, so a restart neither forgets nor repeats it.</summary>
internal sealed partial class JobRunner(IJobStore jobs, IChangeStore changes, ILogger<JobRunner> logger)
{
    // One at a time: jobs that are due together see each other's work whole.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>False when the period was already done.</summary>
    public async Task<bool> RunAsync(Job job, DateTimeOffset period, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await jobs.LastPeriodAsync(job.Name, cancellationToken) >= period)
            {
                return false;
            }

            await job.RunAsync(cancellationToken);
            var done = new Changes();
            done.Jobs.Add(new JobMark(job.Name, period));
            await changes.CommitAsync(done, cancellationToken);
            Log.Done(logger, job.Name, period);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Job {Job} done for {Period}")]
        public static partial void Done(ILogger logger, string job, DateTimeOffset period);
    }
}

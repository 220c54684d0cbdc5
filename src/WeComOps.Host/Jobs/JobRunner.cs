using WeComOps.Primitives;

namespace WeComOps.Host.Jobs;

/// <summary>
/// Runs a job for a period once in the cluster: the period is stored after the job ran, so a restart neither forgets nor repeats
/// it. Look, job and mark happen under one fence: a node that lost the duty in between neither works on nor marks.
/// </summary>
internal sealed partial class JobRunner(IJobStore jobs, IChangeStore changes, Duties duties, ILogger<JobRunner> logger)
{
    /// <summary>How often a node asks again while another runs a job: well below the lease.</summary>
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(1);

    // One at a time: jobs that are due together see each other's work whole. The duty sees to it between nodes.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>False when the period was already done, here or on another node.</summary>
    public async Task<bool> RunAsync(Job job, DateTimeOffset period, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                // What another node has done needs no duty to be seen: nobody waits for a job that is over.
                if (await jobs.LastPeriodAsync(job.Name, cancellationToken) >= period)
                {
                    return false;
                }

                if (await RunHereAsync(job, period, cancellationToken) is { } ran)
                {
                    return ran;
                }

                await Task.Delay(Asking, TimeProvider.System, cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Null when another node has the duty, or took it over.</summary>
    private async Task<bool?> RunHereAsync(Job job, DateTimeOffset period, CancellationToken cancellationToken)
    {
        var ran = false;
        try
        {
            var held = await duties.RunAsync(Duties.Jobs, Duties.JobsLease, async token => ran = await RunOnceAsync(job, period, token), cancellationToken);
            return held ? ran : null;
        }
        catch (FenceLostException exception)
        {
            Log.FenceLost(logger, job.Name, exception.Message);
            return null;
        }
    }

    private async Task<bool> RunOnceAsync(Job job, DateTimeOffset period, CancellationToken cancellationToken)
    {
        if (await jobs.LastPeriodAsync(job.Name, cancellationToken) >= period)
        {
            return false;
        }

        using (BatchWork.Enter())
        {
            await job.RunAsync(cancellationToken);
        }

        Milestone.Reach(Milestone.JobRan);
        var done = new Changes();
        done.Jobs.Add(new JobMark(job.Name, period));
        await changes.CommitAsync(done, cancellationToken);
        Log.Done(logger, job.Name, period);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Job {Job} done for {Period}")]
        public static partial void Done(ILogger logger, string job, DateTimeOffset period);

        [LoggerMessage(2, LogLevel.Information, "Job {Job} stops on this node: {Reason}")]
        public static partial void FenceLost(ILogger logger, string job, string reason);
    }
}

using WeComOps.Host.Jobs;
using WeComOps.Primitives;
using WeComOps.Sandbox;

namespace WeComOps.Host.Demo;

/// <summary>
/// Moves the virtual clock from one due thing to the next: the bank's people first, then the mid-office and the jobs; after
/// each, the product works until nothing is in flight. Time advances only then, so the story is the same every time.
/// </summary>
internal sealed class DemoStepper(
    VirtualClock clock, SandboxServer sandbox, WorkCycle cycle, JobTable table, JobRunner runner, DemoStaff staff, DateOnly firstMonday, DateOnly lastMonday)
{
    private static readonly TimeOnly Planning = new(8, 30);
    private static readonly TimeSpan DeskRound = TimeSpan.FromMinutes(15);

    /// <summary>Wednesday after the last week, past the closing at 12:00 and the look for restatements at 12:30.</summary>
    private readonly DateTimeOffset _end = ShanghaiTime.At(lastMonday.AddDays(2), new TimeOnly(12, 45));

    public async Task RunAsync(IProgress<(double Share, DateTimeOffset Now)>? progress, CancellationToken cancellationToken)
    {
        var start = clock.GetNow();
        var jobs = table.Jobs.Select(job => (Job: job, Due: job.NextAfter(start))).ToArray();
        var planning = ShanghaiTime.At(firstMonday, Planning);
        var desk = ShanghaiTime.StartOf(firstMonday);
        while (true)
        {
            var next = jobs.Min(entry => entry.Due);
            next = Earliest(next, planning, desk, sandbox.NextDue ?? DateTimeOffset.MaxValue);
            if (next > _end)
            {
                clock.MoveTo(_end);
                progress?.Report((1, _end));
                return;
            }

            // The bank's agenda may hold something that became due while the product worked at the present instant.
            clock.MoveTo(next > clock.GetNow() ? next : clock.GetNow());
            await sandbox.RunDueAsync(cancellationToken);
            await cycle.DrainAsync(cancellationToken);
            var worked = false;

            if (planning <= next)
            {
                await staff.KeepMarketAsync(ShanghaiTime.DayOf(planning), cancellationToken);
                if (ShanghaiTime.DayOf(planning) < lastMonday)
                {
                    await staff.PlanDayAsync(ShanghaiTime.DayOf(planning), firstMonday, cancellationToken);
                    worked = true;
                }

                planning += TimeSpan.FromDays(1);
            }

            if (desk <= next)
            {
                await staff.AnswerAsync(cancellationToken);
                worked = true;
                desk += DeskRound;
            }

            for (var i = 0; i < jobs.Length; i++)
            {
                if (jobs[i].Due <= next)
                {
                    await runner.RunAsync(jobs[i].Job, jobs[i].Due, cancellationToken);
                    jobs[i].Due = jobs[i].Job.NextAfter(next);
                    worked = true;
                }
            }

            if (worked)
            {
                await cycle.DrainAsync(cancellationToken);
            }

            progress?.Report(((next - start) / (_end - start), next));
        }
    }

    private static DateTimeOffset Earliest(params ReadOnlySpan<DateTimeOffset> instants)
    {
        var earliest = instants[0];
        foreach (var instant in instants)
        {
            earliest = instant < earliest ? instant : earliest;
        }

        return earliest;
    }
}

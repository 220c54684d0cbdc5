using Microsoft.Extensions.DependencyInjection;
using Quartz;
using WeComOps.Host.Jobs;

namespace WeComOps.Host.Tests.Jobs;

public sealed class ForgottenJobTests
{
    [Fact]
    public async Task A_job_that_the_table_no_longer_names_is_removed_with_its_triggers_and_the_others_keep_theirs()
    {
        await using var services = new ServiceCollection().AddLogging().AddQuartz().BuildServiceProvider();
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken.None);
        foreach (var name in (string[])["heal", "of-yesterday"])
        {
            await scheduler.AddJob(JobBuilder.Create<RunJob>().WithIdentity(name).StoreDurably().Build(), AddJobOptions.Replacing, CancellationToken.None);
            await scheduler.ScheduleTrigger(
                TriggerBuilder.Create().WithIdentity(name).ForJob(name).WithCronSchedule("0 0 8 * * ?").Build(), TriggerConflict.Keep, CancellationToken.None);
            await scheduler.ScheduleTrigger(
                TriggerBuilder.Create().WithIdentity(name, "missed").ForJob(name).StartAt(DateTimeOffset.MaxValue.AddYears(-1000)).Build(), TriggerConflict.Keep, CancellationToken.None);
        }

        await JobScheduling.ForgetAsync(scheduler, ["heal", "new"], CancellationToken.None);

        Assert.True(await scheduler.Exists(new JobKey("heal"), CancellationToken.None));
        Assert.NotNull(await scheduler.GetTrigger(new TriggerKey("heal"), CancellationToken.None));
        Assert.NotNull(await scheduler.GetTrigger(new TriggerKey("heal", "missed"), CancellationToken.None));
        Assert.False(await scheduler.Exists(new JobKey("of-yesterday"), CancellationToken.None));
        Assert.Null(await scheduler.GetTrigger(new TriggerKey("of-yesterday"), CancellationToken.None));
        Assert.Null(await scheduler.GetTrigger(new TriggerKey("of-yesterday", "missed"), CancellationToken.None));
    }
}

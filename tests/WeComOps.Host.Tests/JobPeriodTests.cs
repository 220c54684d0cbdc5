using WeComOps.Host.Jobs;
using WeComOps.Primitives;

namespace WeComOps.Host.Tests;

public sealed class JobPeriodTests
{
    [Theory]
    [InlineData("0 0/15 * * * ?", "2026-11-09T08:14:59", "2026-11-09T08:00:00")]
    [InlineData("0 0/15 * * * ?", "2026-11-09T08:15:00", "2026-11-09T08:15:00")]
    [InlineData("0 0 8 * * ?", "2026-11-09T07:59:59", "2026-11-08T08:00:00")]
    [InlineData("0 0 8 * * ?", "2026-11-09T08:00:00.250", "2026-11-09T08:00:00")]
    [InlineData("0 0 9 ? * MON", "2026-11-09T08:00:00", "2026-11-02T09:00:00")]
    [InlineData("0 0 9 ? * MON", "2026-11-09T09:00:00", "2026-11-09T09:00:00")]
    public void A_run_is_for_the_last_period_that_was_due(string cron, string at, string period)
    {
        static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text + "+08:00", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Instant(period), new Job("job", cron, static _ => Task.CompletedTask).LatestUpTo(Instant(at)));
    }

    [Fact]
    public void Every_job_of_the_table_has_a_period_at_any_time()
    {
        var now = ShanghaiTime.At(new DateOnly(2026, 11, 9), new TimeOnly(8, 0));
        Assert.All(JobTable.Schedule, entry =>
        {
            var job = new Job(entry.Name, entry.Cron, static _ => Task.CompletedTask);
            var period = job.LatestUpTo(now);
            Assert.True(period <= now && job.NextAfter(period) > now);
        });
    }
}

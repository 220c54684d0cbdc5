using System.Globalization;
using WeComOps.Healing;
using WeComOps.Primitives;

namespace WeComOps.Host.Cli;

/// <summary>What <c>doctor</c> says of the comparisons with WeCom's lists.</summary>
internal static class HealingDoctor
{
    private const int DaysBack = 7;
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(36);

    public static async Task<(string Line, IReadOnlyList<string> Problems)> LookAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var healing = services.GetRequiredService<IHealingStore>();
        if (await healing.LatestAsync(cancellationToken) is not { } latest)
        {
            return ("healing: no look at WeCom's lists yet", []);
        }

        var now = services.GetRequiredService<TimeProvider>().GetNow();
        var today = ShanghaiTime.DayOf(now);
        var unnamed = (await healing.GapsAsync(today.AddDays(-DaysBack), today, cancellationToken)).Sum(gap => Math.Max(0, gap.Unnamed));
        var counts = latest.Counts;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"healing: last run {ShanghaiTime.ToLocal(latest.StartedAt):yyyy-MM-dd HH:mm} ({latest.Reason}, {(latest.IsFinished ? "finished" : "under way")}), {counts.Pages} pages, {counts.Added + counts.Joined + counts.Groups + counts.Published} missed and recorded, {counts.Ended + counts.Left} without a time, {unnamed} that only the counts of the last {DaysBack} days know");
        var problems = new List<string>();
        if (latest.Hindrance is { } why)
        {
            problems.Add($"The comparison with WeCom's lists waits: {why}");
        }

        if (now - latest.StartedAt > Overdue)
        {
            problems.Add("WeCom's lists were not compared for more than a day: is the service running with the role worker?");
        }

        if (counts.Doubtful > 0)
        {
            problems.Add($"{counts.Doubtful} lists could not be read or believed: see the page 数据核对 (/checks).");
        }

        return (line, problems);
    }
}

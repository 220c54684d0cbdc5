using Quartz;
using WeComOps.Actions;
using WeComOps.Answers;
using WeComOps.Directory;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Host.Jobs;

/// <summary>Something done on a schedule. A job calls use cases; it holds no rule of its own.</summary>
/// <param name="Name">Stored with its last period: never rename without a migration.</param>
/// <param name="Cron">Quartz expression in Shanghai time.</param>
internal sealed record Job(string Name, string Cron, Func<CancellationToken, Task> RunAsync)
{
    private readonly CronExpression _cron = new(Cron, ShanghaiTime.Zone);

    /// <summary>First due time after the instant.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset instant) => _cron.GetNextValidTimeAfter(instant)
        ?? throw new InvalidOperationException($"Job {Name} is never due again.");
}

/// <summary>The one table of jobs: Quartz runs it in <c>serve</c>, the stepper in <c>demo</c>.</summary>
internal sealed class JobTable(
    PullRequestsSent requests, SendDailyTasks dailyTasks, PollPushes polls, ReadReactions reactions, AdvanceJoinCodes joinCodes, AnswerDesk desk,
    SyncDirectory directory, CloseWeek weeks)
{
    /// <summary>In the order in which they run when due together.</summary>
    public IReadOnlyList<Job> Jobs { get; } =
    [
        new("sync-directory", "0 30 3 * * ?", async token => Expect(await directory.RunAsync(token))),
        new("pull-requests-sent", "0 0 8 * * ?", requests.RunAsync),
        new("follow-up", "0 0/15 * * * ?", async token =>
        {
            await polls.RunAsync(token);
            await reactions.RunAsync(token);
            await joinCodes.RunAsync(token);
            await desk.OpenUnidentifiedAsync(token);
        }),
        new("daily-tasks", "0 45 8 * * ?", dailyTasks.RunAsync),
        new("provisional-scorecard", "0 0 9 ? * MON", weeks.PublishProvisionalAsync),
        new("final-scorecard", "0 0 12 ? * WED", token => weeks.FinalizeAsync(closedBy: null, token)),
        new("restate-scorecards", "0 30 12 * * ?", weeks.RestateAsync),
    ];

    private static void Expect(string? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException(failure);
        }
    }
}

using Quartz;
using WeComOps.Actions;
using WeComOps.Answers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Host.Jobs;

/// <summary>Something done on a schedule. A job calls use cases; it holds no rule of its own.</summary>
/// <param name="Name">Stored with its last period: never rename without a migration.</param>
/// <param name="Cron">Quartz expression in Shanghai time.</param>
internal sealed record Job(string Name, string Cron, Func<CancellationToken, Task> RunAsync)
{
    private static readonly int[] LookBack = [1, 25, 8 * 24, 32 * 24, 367 * 24];

    private readonly CronExpression _cron = new(Cron, ShanghaiTime.Zone);

    /// <summary>First due time after the instant.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset instant) => _cron.GetNextValidTimeAfter(instant)
        ?? throw new InvalidOperationException($"Job {Name} is never due again.");

    /// <summary>Last due time at or before the instant: the period that a run at this instant is for.</summary>
    public DateTimeOffset LatestUpTo(DateTimeOffset instant)
    {
        foreach (var hours in LookBack)
        {
            var due = NextAfter(instant.AddHours(-hours));
            if (due <= instant)
            {
                for (var next = NextAfter(due); next <= instant; next = NextAfter(due))
                {
                    due = next;
                }

                return due;
            }
        }

        throw new InvalidOperationException($"Job {Name} was not due within a year.");
    }
}

/// <summary>The one table of jobs: Quartz runs it in <c>serve</c>, the stepper in <c>demo</c>.</summary>
internal sealed class JobTable(
    PullRequestsSent requests, SendDailyTasks dailyTasks, PollPushes polls, ReadReactions reactions, AdvanceJoinCodes joinCodes, AnswerDesk desk,
    SyncDirectory directory, HealRequests healing, CloseWeek weeks)
{
    /// <summary>Name and Quartz expression (Shanghai time), in the order in which jobs run when due together.</summary>
    public static readonly IReadOnlyList<(string Name, string Cron)> Schedule =
    [
        ("sync-directory", "0 30 3 * * ?"),
        ("heal", "0 45 3 * * ?"),
        ("pull-requests-sent", "0 0 8 * * ?"),
        ("follow-up", "0 0/15 * * * ?"),
        ("daily-tasks", "0 45 8 * * ?"),
        ("provisional-scorecard", "0 0 9 ? * MON"),
        ("final-scorecard", "0 0 12 ? * WED"),
        ("restate-scorecards", "0 30 12 * * ?"),
    ];

    public IReadOnlyList<Job> Jobs { get; } = [.. Schedule.Select(entry => new Job(entry.Name, entry.Cron, entry.Name switch
    {
        "sync-directory" => async token => Expect(await directory.RunAsync(token)),
        // It only asks: pages are read beside the other work, for as long as it takes, and no job waits for them.
        "heal" => token => healing.AskAsync(HealReason.Nightly, "scheduler", token),
        "pull-requests-sent" => requests.RunAsync,
        "follow-up" => async token =>
        {
            await polls.RunAsync(token);
            await reactions.RunAsync(token);
            await joinCodes.RunAsync(token);
            await desk.OpenUnidentifiedAsync(token);
        },
        "daily-tasks" => dailyTasks.RunAsync,
        "provisional-scorecard" => weeks.PublishProvisionalAsync,
        "final-scorecard" => token => weeks.FinalizeAsync(closedBy: null, token),
        "restate-scorecards" => weeks.RestateAsync,
        _ => throw new InvalidOperationException($"Job {entry.Name} has no use case."),
    }))];

    private static void Expect(string? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException(failure);
        }
    }
}

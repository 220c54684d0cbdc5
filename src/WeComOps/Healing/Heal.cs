using System.Globalization;
using Microsoft.Extensions.Logging;
using WeComOps.Directory;
using WeComOps.Primitives;

namespace WeComOps.Healing;

/// <summary>
/// Compares WeCom's lists with what is known and records what callbacks missed, page by page: some advisors at a time, their
/// customers, the friendships that are gone, their groups. What a page brought and where the run goes on are one commit, so a
/// run that is cut off goes on at its page.
/// </summary>
public sealed partial class Heal
{
    /// <summary>batch/get_by_user and groupchat/list take that many members (docs 92994, 92120).</summary>
    private const int AdvisorsAtATime = 100;

    /// <summary>How often a page is read when callbacks change what it was compared with; then it waits a little.</summary>
    private const int Readings = 3;
    private static readonly TimeSpan AfterConflicts = TimeSpan.FromSeconds(30);

    private readonly IHealingStore _healing;
    private readonly IDirectoryStore _directory;
    private readonly IChangeStore _changes;
    private readonly HealCustomers _customers;
    private readonly HealEndings _endings;
    private readonly HealGroups _groups;
    private readonly HealResults _results;
    private readonly TimeProvider _clock;
    private readonly ILogger<Heal> _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (string Run, string After, Dictionary<string, Member> Members)? _atHand;

    internal Heal(
        IHealingStore healing, IDirectoryStore directory, IChangeStore changes, HealCustomers customers, HealEndings endings, HealGroups groups, HealResults results,
        TimeProvider clock, ILogger<Heal> logger) =>
        (_healing, _directory, _changes, _customers, _endings, _groups, _results, _clock, _logger) =
        (healing, directory, changes, customers, endings, groups, results, clock, logger);

    /// <summary>Does one page of the present run, or begins the one that was asked for. False: nothing to do now.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = _clock.GetNow();
            if (await CurrentAsync(now, cancellationToken) is not { } run || run.HeldUntil > now)
            {
                return false;
            }

            return await ReadAsync(run, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<HealRun?> CurrentAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = await _healing.LatestAsync(cancellationToken);
        if (latest is { IsFinished: false })
        {
            return latest;
        }

        var requests = latest is null ? [] : (await _healing.RequestsAsync(latest.StartedAt, cancellationToken)).Where(request => request.At <= now).ToArray();
        if (latest is not null && requests.Length == 0)
        {
            return null;
        }

        var baseline = await _healing.BaselineAsync(cancellationToken);
        // Without advisors there is nothing to look at, and looking at nothing would pass for having seen everything.
        if (baseline is null && await NextAdvisorsAsync(string.Empty, cancellationToken) is { Count: 0 })
        {
            return null;
        }

        var reason = baseline is null ? HealReason.FirstLook : requests.Max(request => request.Reason);
        return new HealRun(
            now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture), reason, now, baseline ?? now, After: string.Empty, Advisors: [],
            HealStage.Customers, Cursor: string.Empty, new HealCounts(), HeldUntil: null, Hindrance: null, FinishedAt: null);
    }

    /// <summary>
    /// A callback that is committed while the page is read may tell the same as the page, under another id: nothing of the page is
    /// stored then, and it is compared anew.
    /// </summary>
    private async Task<bool> ReadAsync(HealRun run, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            var now = _clock.GetNow();
            try
            {
                return await StepAsync(run, now, cancellationToken);
            }
            catch (ConflictException conflict) when (reading < Readings)
            {
                Log.ReadAgain(_logger, run.Id, run.Stage, conflict.Message);
            }
            catch (ConflictException conflict)
            {
                return await HoldAsync(run, now, new PageResult(new Changes(), Next: null, conflict.Message, AfterConflicts), cancellationToken);
            }
        }
    }

    private async Task<bool> StepAsync(HealRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (run.Stage != HealStage.Results && run.Advisors.Count == 0)
        {
            var members = await NextAdvisorsAsync(run.After, cancellationToken);
            _atHand = (run.Id, run.After, members);
            run = members.Count == 0 ? run.Enter(HealStage.Results) : run with { Advisors = [.. members.Keys.Order(StringComparer.Ordinal)] };
        }

        var result = run.Stage switch
        {
            HealStage.Customers => await _customers.ReadAsync(run, await MembersAsync(run, cancellationToken), cancellationToken),
            HealStage.Endings => await _endings.ReadAsync(run, await MembersAsync(run, cancellationToken), cancellationToken),
            HealStage.Groups => await _groups.ReadAsync(run, cancellationToken),
            HealStage.Results => await _results.ReadAsync(run, cancellationToken),
            _ => throw new InvalidOperationException($"Run {run.Id} is in no stage that goes on."),
        };
        if (result.Next is not { } next)
        {
            return await HoldAsync(run, now, result, cancellationToken);
        }

        result.Changes.HealRuns.Add(next);
        await _changes.CommitAsync(result.Changes, cancellationToken);
        Milestone.Reach(Milestone.PageHealed);
        if (next.IsFinished)
        {
            Log.Finished(_logger, next.Id, next.Reason, next.Counts.Pages, next.Counts.Found, next.Counts.Doubtful);
        }

        return true;
    }

    private async Task<bool> HoldAsync(HealRun run, DateTimeOffset now, PageResult result, CancellationToken cancellationToken)
    {
        Log.Held(_logger, run.Id, run.Stage, result.Hindrance);
        result.Changes.HealRuns.Add(run.Hold(now + result.Wait, result.Hindrance!));
        await _changes.CommitAsync(result.Changes, cancellationToken);
        return false;
    }

    private async Task<Dictionary<string, Member>> NextAdvisorsAsync(string after, CancellationToken cancellationToken) =>
        (await _directory.MembersAsync(cancellationToken))
            .Where(member => member is { Active: true, HasCustomers: true } && string.CompareOrdinal(member.UserId, after) > 0)
            .OrderBy(member => member.UserId, StringComparer.Ordinal)
            .Take(AdvisorsAtATime)
            .ToDictionary(member => member.UserId, StringComparer.Ordinal);

    /// <summary>The members at hand; read again only when a run was taken over.</summary>
    private async Task<Dictionary<string, Member>> MembersAsync(HealRun run, CancellationToken cancellationToken)
    {
        if (_atHand is { } known && known.Run == run.Id && known.After == run.After)
        {
            return known.Members;
        }

        var wanted = run.Advisors.ToHashSet(StringComparer.Ordinal);
        var members = (await _directory.MembersAsync(cancellationToken))
            .Where(member => wanted.Contains(member.UserId)).ToDictionary(member => member.UserId, StringComparer.Ordinal);
        _atHand = (run.Id, run.After, members);
        return members;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Healing {Run} waits in {Stage}: {Hindrance}")]
        public static partial void Held(ILogger logger, string run, HealStage stage, string? hindrance);

        [LoggerMessage(2, LogLevel.Information, "Healing {Run} ({Reason}) compared {Pages} pages: {Found} missed, {Doubtful} doubtful")]
        public static partial void Finished(ILogger logger, string run, HealReason reason, long pages, long found, long doubtful);

        [LoggerMessage(3, LogLevel.Information, "Healing {Run} reads its page in {Stage} again: {Conflict}")]
        public static partial void ReadAgain(ILogger logger, string run, HealStage stage, string conflict);
    }
}

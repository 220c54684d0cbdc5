using System.Globalization;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Actions;

/// <summary>
/// Reads each advisor's daily count of friend requests (doc 92132): the last 3 days, 7 on Mondays, one range call per
/// advisor. WeCom corrects statistics late: a changed count becomes a correcting fact with the difference. The same answers
/// count additions and losses, which are compared with the named facts of the day.
/// </summary>
public sealed class PullRequestsSent(
    IWeComApi wecom, IDirectoryStore directory, IInstructionStore instructions, ILedger ledger, IHealingStore healing, IChangeStore changes, TimeProvider clock)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DayOf(clock.GetNow());
        var to = today.AddDays(-1);
        var from = today.AddDays(today.DayOfWeek == DayOfWeek.Monday ? -7 : -3);
        var asked = new Dictionary<(string Advisor, DateOnly Day), Assignment>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var assignment in await instructions.DueOnAsync(day, ActionKind.FriendRequests, advisor: null, cancellationToken))
            {
                asked[(assignment.Advisor, day)] = assignment;
            }
        }

        var contents = new Dictionary<string, ContentRef>(StringComparer.Ordinal);
        foreach (var id in asked.Values.Select(assignment => assignment.Instruction).Distinct(StringComparer.Ordinal))
        {
            contents[id] = (await instructions.FindAsync(id, cancellationToken))!.Content;
        }

        var counted = await CountedAsync(from, to, cancellationToken);
        var recorded = 0;
        var assigned = asked.Keys.Select(key => key.Advisor).ToHashSet(StringComparer.Ordinal);
        // Who left still has days to answer for: without them the week would wait for ever.
        foreach (var member in (await directory.MembersAsync(cancellationToken)).Where(member => member is { Active: true, HasCustomers: true } || assigned.Contains(member.UserId)))
        {
            if (await wecom.GetBehaviorAsync(member.UserId, from, to, cancellationToken) is not ApiResult<IReadOnlyList<BehaviorDay>>.Done done)
            {
                // The day stays 缺数 until a later pull gets through.
                continue;
            }

            var found = new Changes();
            var now = clock.GetNow();
            foreach (var day in done.Value.Where(day => day.Day >= from && day.Day <= to))
            {
                asked.TryGetValue((member.UserId, day.Day), out var assignment);
                var known = await ledger.RequestsKnownAsync(member.UserId, day.Day, cancellationToken);
                var content = assignment is null ? null : contents[assignment.Instruction];
                if (Decide(member, day, assignment is not null, content, known, now) is { } fact)
                {
                    found.Record(fact);
                }

                if (counted is not null && day.Day > counted.FirstDay)
                {
                    found.CountGaps.AddRange(CompareCounts.Decide(
                        member, day, counted.Named.GetValueOrDefault((member.UserId, day.Day)), counted.Kept, SourceOf(member, now), now));
                }
            }

            if (found.Facts.Count + found.CountGaps.Count > 0)
            {
                found.Sources.Add(new RawSource(SourceOf(member, now), "pull", now, done.Raw));
                await changes.CommitAsync(found, cancellationToken);
                recorded += found.Facts.Count;
            }
        }

        return recorded;
    }

    private static string SourceOf(Member member, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"pull:behavior:{member.UserId}:{now.ToUnixTimeSeconds()}");

    /// <summary>Null before the first look. Its own day counts what came before it too, so the days after it are compared.</summary>
    private async Task<Counted?> CountedAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (await healing.BaselineAsync(cancellationToken) is not { } baseline)
        {
            return null;
        }

        var named = await healing.NamedAsync(from, to, cancellationToken);
        var kept = await healing.GapsAsync(from, to, cancellationToken);
        return new Counted(
            ShanghaiTime.DayOf(baseline), named.ToDictionary(counts => (counts.Advisor, counts.Day)), kept.ToDictionary(gap => (gap.Advisor, gap.Day, gap.Thing)));
    }

    internal static Fact? Decide(Member member, BehaviorDay day, bool assigned, ContentRef? content, (long Sum, int Count)? known, DateTimeOffset now)
    {
        // A day without requests is evidence only where requests were asked for.
        if (known is null ? day.NewApplications == 0 && !assigned : known.Value.Sum == day.NewApplications)
        {
            return null;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"requests_sent:{member.UserId}:{day.Day:yyyy-MM-dd}");
        return new Fact
        {
            Id = known is null ? id : string.Create(CultureInfo.InvariantCulture, $"{id}:r{known.Value.Count}"),
            Day = day.Day,
            Kind = FactKind.RequestsSent,
            OccurredAt = ShanghaiTime.StartOf(day.Day),
            Advisor = member.UserId,
            Branch = member.BranchId,
            Content = content,
            Quantity = day.NewApplications - (known?.Sum ?? 0),
            Corrects = known is null ? null : new FactRef(day.Day, id),
            Source = SourceOf(member, now),
            RecordedAt = now,
        };
    }

    private sealed record Counted(
        DateOnly FirstDay, Dictionary<(string Advisor, DateOnly Day), NamedCounts> Named, Dictionary<(string Advisor, DateOnly Day, CountedThing Thing), CountGap> Kept);
}

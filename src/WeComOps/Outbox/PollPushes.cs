using System.Globalization;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>
/// Reads who published and sent. WeCom gives no publish time, so a publication is dated by the first poll that saw it; one
/// poll falls exactly on the deadline, then what is unconfirmed is cancelled. When that poll comes much too late (an outage),
/// nobody can tell who published before the deadline and who after it: what it finds is dated by itself, and the assignment
/// counts neither way. A post carries its own send time and needs no such doubt.
/// </summary>
public sealed class PollPushes(
    IPushStore pushes, IWeComApi wecom, IDirectoryStore directory, IInstructionStore instructions, IChangeStore changes, TimeProvider clock)
{
    /// <summary>How late the poll at the deadline may run and still be it: one period of the polls.</summary>
    private static readonly TimeSpan Punctual = TimeSpan.FromMinutes(15);

    private static readonly SliceState[] Running = [SliceState.Running];
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(24);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var slices = await pushes.InStateAsync(Running, cancellationToken);
        if (slices.Count == 0)
        {
            return 0;
        }

        var members = (await directory.MembersAsync(cancellationToken)).ToDictionary(member => member.UserId, StringComparer.Ordinal);
        var known = new Dictionary<string, Instruction?>(StringComparer.Ordinal);
        var seen = 0;
        foreach (var slice in slices)
        {
            // The poll that falls on the deadline runs a moment after it: what it finds was confirmed in time.
            var polled = clock.GetNow();
            var instruction = await InstructionOfAsync(slice, known, cancellationToken);
            var ends = instruction?.StoppedAt is { } stopped && stopped < slice.Deadline ? stopped : slice.Deadline;
            var isLate = polled - ends > Punctual;
            var now = polled > ends && !isLate ? ends : polled;
            var waiting = (await pushes.ExecutionsAsync(slice.Id, cancellationToken)).Where(execution => execution.SeenAt is null).ToArray();
            var found = new Changes();
            var read = waiting.Length == 0 || (slice.Kind == PushKind.Moment
                ? await PollMomentAsync(slice, waiting, members, found, now, cancellationToken)
                : await PollPostAsync(slice, waiting, members, found, now, cancellationToken));
            seen += found.Executions.Count;
            if (isLate && slice.Kind == PushKind.Moment)
            {
                await ExcuseAsync(slice, found, now, cancellationToken);
            }

            if (read && polled >= ends && await CancelRestAsync(slice, waiting.Length - found.Executions.Count, cancellationToken))
            {
                found.Slices.Add(slice.Close());
                if (ends < slice.Deadline)
                {
                    await ExcuseUnseenAsync(slice, instruction!, waiting, found, polled, cancellationToken);
                }
            }

            if (found.Executions.Count + found.Slices.Count > 0)
            {
                await changes.CommitAsync(found, cancellationToken);
            }
        }

        return seen;
    }

    /// <summary>Reads a closed slice once more; what no poll had seen is dated now. False: not, or not all, could be read.</summary>
    internal async Task<bool> RereadAsync(PushSlice slice, Changes found, CancellationToken cancellationToken)
    {
        var waiting = (await pushes.ExecutionsAsync(slice.Id, cancellationToken)).Where(execution => execution.SeenAt is null).ToArray();
        if (waiting.Length == 0)
        {
            return true;
        }

        var now = clock.GetNow();
        var members = (await directory.MembersAsync(cancellationToken)).ToDictionary(member => member.UserId, StringComparer.Ordinal);
        return slice.Kind == PushKind.Moment
            ? await PollMomentAsync(slice, waiting, members, found, now, cancellationToken)
            : await PollPostAsync(slice, waiting, members, found, now, cancellationToken);
    }

    private async Task<Instruction?> InstructionOfAsync(PushSlice slice, Dictionary<string, Instruction?> known, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(slice.Instruction, out var instruction))
        {
            known[slice.Instruction] = instruction = await instructions.FindAsync(slice.Instruction, cancellationToken);
        }

        return instruction;
    }

    /// <summary>Who had not confirmed when the instruction was stopped cannot any more.</summary>
    private async Task ExcuseUnseenAsync(
        PushSlice slice, Instruction instruction, PushExecution[] waiting, Changes found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unseen = waiting.Select(execution => execution.Advisor).Except(found.Executions.Select(execution => execution.Advisor), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        found.Facts.AddRange((await instructions.AssignmentsAsync(instruction.Id, cancellationToken))
            .Where(assignment => assignment.Action == PushActions.Of(slice.Kind) && assignment.DueAt == slice.Deadline && unseen.Contains(assignment.Advisor))
            .Select(assignment => AssignmentFacts.Excused(assignment, StopInstruction.SourceOf(instruction.Id), now)));
    }

    /// <summary>The assignments whose publication was seen too late to say whether it was in time.</summary>
    private async Task ExcuseAsync(PushSlice slice, Changes found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var published = found.Facts.Where(fact => fact.Kind == FactKind.MomentPublished).ToDictionary(fact => fact.Advisor!, StringComparer.Ordinal);
        if (published.Count == 0)
        {
            return;
        }

        foreach (var assignment in (await instructions.AssignmentsAsync(slice.Instruction, cancellationToken))
            .Where(assignment => assignment.Action == ActionKind.Moments && published.ContainsKey(assignment.Advisor)))
        {
            var publication = published[assignment.Advisor];
            found.Record(AssignmentFacts.Excused(assignment, publication.Source, now, publication.Ref));
        }
    }

    private async Task<bool> PollMomentAsync(
        PushSlice slice, PushExecution[] waiting, Dictionary<string, Member> members, Changes found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await wecom.GetMomentTaskAsync(slice.PushId!, cancellationToken) is not ApiResult<IReadOnlyList<MomentExecution>>.Done done)
        {
            return false;
        }

        var published = done.Value.Where(execution => execution.Published).Select(execution => execution.UserId).ToHashSet(StringComparer.Ordinal);
        var source = string.Create(CultureInfo.InvariantCulture, $"pull:moment-task:{slice.PushId}:{now.ToUnixTimeSeconds()}");
        if (waiting.Any(execution => published.Contains(execution.Advisor)))
        {
            // Before the facts: they are committed also when a later read of this poll fails.
            found.Sources.Add(new RawSource(source, "pull", now, done.Raw));
        }

        foreach (var execution in waiting.Where(execution => published.Contains(execution.Advisor)))
        {
            // Without the reach the exposure would be half recorded: the next poll takes both.
            if (await wecom.GetMomentReachAsync(slice.PushId!, execution.Advisor, cancellationToken) is not ApiResult<IReadOnlyList<string>>.Done reach)
            {
                return false;
            }

            found.Record(Exposure(slice, execution.Advisor, members, FactKind.MomentPublished, now, source, now) with
            {
                Id = $"moment_published:{slice.PushId}:{execution.Advisor}",
            });
            RecordReach(slice, execution.Advisor, members, group: null, reach.Value.Count, reach.Raw, now, now, found);
            found.Executions.Add(execution with { SeenAt = now, Reached = reach.Value.Count, LookAt = now + FirstLook });
        }

        return true;
    }

    private async Task<bool> PollPostAsync(
        PushSlice slice, PushExecution[] waiting, Dictionary<string, Member> members, Changes found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await wecom.GetGroupPostTaskAsync(slice.PushId!, cancellationToken) is not ApiResult<IReadOnlyList<PostTask>>.Done tasks)
        {
            return false;
        }

        foreach (var execution in waiting.Where(execution => tasks.Value.Any(task => task.UserId == execution.Advisor && task.Sent)))
        {
            if (await wecom.GetGroupPostResultAsync(slice.PushId!, execution.Advisor, cancellationToken) is not ApiResult<IReadOnlyList<PostDelivery>>.Done result)
            {
                return false;
            }

            var source = string.Create(CultureInfo.InvariantCulture, $"pull:post-result:{slice.PushId}:{execution.Advisor}:{now.ToUnixTimeSeconds()}");
            var reached = 0;
            found.Sources.Add(new RawSource(source, "pull", now, result.Raw));
            foreach (var delivery in result.Value.Where(delivery => delivery is { Status: 1, ChatId: not null, SentAt: not null }))
            {
                if (await wecom.GetGroupAsync(delivery.ChatId!, cancellationToken) is not ApiResult<WeComGroup>.Done group)
                {
                    return false;
                }

                var sentAt = delivery.SentAt!.Value;
                var size = group.Value.Members.Count(member => member.External && member.JoinedAt <= sentAt);
                found.Record(Exposure(slice, execution.Advisor, members, FactKind.GroupPostSent, sentAt, source, now) with
                {
                    Id = $"group_post_sent:{slice.PushId}:{delivery.ChatId}",
                    Group = delivery.ChatId,
                });
                RecordReach(slice, execution.Advisor, members, delivery.ChatId, size, group.Raw, sentAt, now, found);
                reached += size;
            }

            found.Executions.Add(execution with { SeenAt = now, Reached = reached });
        }

        return true;
    }

    private static void RecordReach(
        PushSlice slice, string advisor, Dictionary<string, Member> members, string? group, int reached, string raw, DateTimeOffset at, DateTimeOffset now, Changes found)
    {
        var source = $"pull:reach:{slice.PushId}:{group ?? advisor}";
        found.Sources.Add(new RawSource(source, "pull", now, raw));
        found.Record(Exposure(slice, advisor, members, FactKind.CustomersReached, at, source, now) with
        {
            Id = $"customers_reached:{slice.PushId}:{group ?? advisor}",
            Group = group,
            Quantity = reached,
        });
    }

    private static Fact Exposure(
        PushSlice slice, string advisor, Dictionary<string, Member> members, FactKind kind, DateTimeOffset at, string source, DateTimeOffset now) => new()
        {
            Id = string.Empty,
            Day = ShanghaiTime.DayOf(at),
            Kind = kind,
            OccurredAt = at,
            Advisor = advisor,
            Branch = members.GetValueOrDefault(advisor)?.BranchId,
            Content = slice.Content,
            Push = slice.PushId,
            Link = slice.Marker,
            Class = slice.Class,
            Source = source,
            RecordedAt = now,
        };

    /// <summary>False when the cancel did not get through: the slice stays open and the next poll cancels again.</summary>
    private async Task<bool> CancelRestAsync(PushSlice slice, int unconfirmed, CancellationToken cancellationToken)
    {
        if (unconfirmed <= 0)
        {
            return true;
        }

        var result = slice.Kind == PushKind.Moment
            ? await wecom.CancelMomentTaskAsync(slice.PushId!, cancellationToken)
            : await wecom.CancelGroupPostAsync(slice.PushId!, cancellationToken);
        // A refusal that a wrong secret or an untrusted address causes is no word about the push: it stays open.
        return result is ApiResult<Unit>.Done || (result is ApiResult<Unit>.Rejected rejected && !ApiCodes.IsConfiguration(rejected.Code));
    }
}

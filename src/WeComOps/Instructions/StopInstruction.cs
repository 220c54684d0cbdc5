using System.Globalization;
using WeComOps.Customers;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Instructions;

/// <summary>
/// Ends an instruction before its deadline. What is not called yet is never called; what advisors have not confirmed is cancelled by
/// the next poll; who had not done it is excused, and told. What was done counts as ever, and so does what it brings.
/// </summary>
public sealed class StopInstruction(IInstructionStore instructions, IPushStore pushes, IGroupStore groups, IChangeStore changes, TimeProvider clock)
{
    private const int Decisions = 3;
    private const int MostReason = 200;

    /// <summary>What no poll will close: these executors are excused at once.</summary>
    private static readonly SliceState[] NeverRan = [SliceState.Planned, SliceState.Stopped, SliceState.Unknown, SliceState.Rejected, SliceState.Missed];

    /// <summary>The raw source of what stopping brings about.</summary>
    public static string SourceOf(string instruction) => "console:stop:" + instruction;

    /// <summary>Null when stopped; else why not, for the screen.</summary>
    public async Task<string?> StopAsync(string id, string person, string? reason, CancellationToken cancellationToken)
    {
        if (reason?.Trim() is not { Length: > 0 and <= MostReason } why)
        {
            return $"请写明为什么停止，最多 {MostReason} 个字。客户经理和管理者会看到。";
        }

        for (var decision = 1; ; decision++)
        {
            var now = clock.GetNow();
            if (await instructions.FindAsync(id, cancellationToken) is not { } instruction)
            {
                return "没有这个工作要求。";
            }

            if (instruction.StoppedAt is not null)
            {
                return "这个工作要求已经停止。";
            }

            var assignments = await instructions.AssignmentsAsync(id, cancellationToken);
            if (assignments.All(assignment => assignment.DueAt <= now))
            {
                return "这个工作要求已经到期，没有可以停止的。";
            }

            var slices = await pushes.OfInstructionAsync(id, cancellationToken);
            var built = (await groups.ListAsync(cancellationToken)).Where(group => group.Instruction == id).Select(group => group.Owner).ToHashSet(StringComparer.Ordinal);
            try
            {
                await changes.CommitAsync(Decide(instruction, assignments, slices, built, person, why, now), cancellationToken);
                return null;
            }
            catch (ConflictException) when (decision < Decisions)
            {
                // A push was started meanwhile, or a colleague was first: what is true by then decides.
            }
        }
    }

    internal static Changes Decide(
        Instruction instruction, IReadOnlyList<Assignment> assignments, IReadOnlyList<PushSlice> slices, IReadOnlySet<string> built, string person, string reason, DateTimeOffset now)
    {
        var stopped = new Changes();
        stopped.Instructions.Add(instruction.StopAt(now, person, reason));
        stopped.Slices.AddRange(slices.Where(slice => slice.State == SliceState.Planned).Select(slice => slice.Stop(reason)));
        var neverRan = slices.Where(slice => NeverRan.Contains(slice.State)).SelectMany(slice => slice.Executors).ToHashSet(StringComparer.Ordinal);
        var running = slices.Where(slice => !NeverRan.Contains(slice.State) && slice.State != SliceState.Closed).SelectMany(slice => slice.Executors).ToHashSet(StringComparer.Ordinal);
        var open = assignments.Where(assignment => assignment.DueAt > now).ToArray();
        stopped.Facts.AddRange(open.Where(assignment => IsExcused(assignment, built, neverRan)).Select(assignment => AssignmentFacts.Excused(assignment, SourceOf(instruction.Id), now)));
        stopped.Sources.Add(new RawSource(SourceOf(instruction.Id), "console", now, InstructionJson.Write(instruction.StopAt(now, person, reason).Stop!)));
        stopped.Audit.Add(new AuditEntry(now, person, "stop-instruction", instruction.Id, reason));
        if (instruction.From <= now)
        {
            // Who may have begun, or has it before them to confirm, is told; who did it already is not disturbed.
            stopped.Outgoing.AddRange(open.Where(assignment => IsExcused(assignment, built, neverRan) || running.Contains(assignment.Advisor))
                .Select(assignment => assignment.Advisor).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(advisor => OutgoingMessages.Plan(
                    $"stopped:{instruction.Id}:{advisor}",
                    new AppMessage.Text(advisor, string.Create(CultureInfo.InvariantCulture, $"【已停止】{instruction.Title}\n{reason}\n没做的不用再做，已经做的照常计分。")), now, now.AddHours(12))));
        }

        return stopped;
    }

    private static bool IsExcused(Assignment assignment, IReadOnlySet<string> built, HashSet<string> neverRan) => assignment.Action switch
    {
        ActionKind.FriendRequests => true,
        ActionKind.GroupBuilding => !built.Contains(assignment.Advisor),
        _ => neverRan.Contains(assignment.Advisor),
    };
}

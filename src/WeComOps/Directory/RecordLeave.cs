using System.Globalization;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Directory;

/// <summary>Takes the bank's leave list. Assignments already given for such a day are excused: they count on no side.</summary>
public sealed class RecordLeave(IInstructionStore instructions, IChangeStore changes, TimeProvider clock)
{
    private static readonly string[] DayBound = [ActionKind.FriendRequests, ActionKind.Moments, ActionKind.GroupBuilding, ActionKind.GroupPosts];

    public async Task RecordAsync(IReadOnlyCollection<Leave> leave, string recordedBy, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var recorded = new Changes();
        recorded.Leave.AddRange(leave);
        var source = string.Create(CultureInfo.InvariantCulture, $"console:leave:{now.ToUnixTimeMilliseconds()}");
        foreach (var entry in leave)
        {
            foreach (var action in DayBound)
            {
                foreach (var assignment in await instructions.DueOnAsync(entry.Day, action, entry.UserId, cancellationToken))
                {
                    recorded.Record(AssignmentFacts.Excused(assignment, source, now));
                }
            }
        }

        if (recorded.Facts.Count > 0)
        {
            recorded.Sources.Add(new RawSource(
                source, "console", now, string.Join('\n', leave.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.UserId},{entry.Day:yyyy-MM-dd}")))));
        }

        recorded.Audit.Add(new AuditEntry(now, recordedBy, "record-leave", "leave", $"{leave.Count} days"));
        await changes.CommitAsync(recorded, cancellationToken);
    }
}

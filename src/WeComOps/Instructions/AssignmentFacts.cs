using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Instructions;

internal static class AssignmentFacts
{
    public static Fact Given(
        string assignmentId, string action, Member advisor, DateTimeOffset due, int target, ContentRef content, string? link, DateTimeOffset now) => new()
        {
            Id = "assignment_given:" + assignmentId,
            Day = ShanghaiTime.DayOf(due),
            Kind = FactKind.AssignmentGiven,
            OccurredAt = now,
            DueAt = due,
            Advisor = advisor.UserId,
            Branch = advisor.BranchId,
            Content = content,
            Link = link,
            Class = action,
            Quantity = target,
            Source = "console:instruction:" + content.Instruction,
            RecordedAt = now,
        };

    /// <summary>The assignment counts on no side: it could not be done, or nobody can say whether it was. Excusing it twice is one fact.</summary>
    /// <param name="source">Raw source that says why.</param>
    public static Fact Excused(Assignment assignment, string source, DateTimeOffset now, FactRef? cause = null) => new()
    {
        Id = "assignment_excused:" + assignment.Id,
        Day = assignment.DueDay,
        Kind = FactKind.AssignmentExcused,
        OccurredAt = now,
        Advisor = assignment.Advisor,
        Branch = assignment.Branch,
        Class = assignment.Action,
        Cause = cause,
        Corrects = new FactRef(assignment.DueDay, "assignment_given:" + assignment.Id),
        Source = source,
        RecordedAt = now,
    };
}

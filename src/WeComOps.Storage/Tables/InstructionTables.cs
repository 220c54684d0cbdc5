using System.Data.Common;
using WeComOps.Instructions;
using WeComOps.Storage.Sql;
using WeComOps.Templates;

namespace WeComOps.Storage.Tables;

/// <summary>Templates, instructions and their assignments.</summary>
internal static class InstructionTables
{
    public const string AssignmentColumns =
        "a.id, a.instruction, a.action, a.advisor, a.branch, a.due_day, a.due_at, a.target, a.text";

    private static readonly Statement UpsertTemplate = Statement.Upsert("templates", ["id"], ["body"]);

    private static readonly Statement UpsertInstruction =
        Statement.Upsert("instructions", ["id"], ["starts_at", "issued_at", "body"]);

    private static readonly Statement UpsertAssignment = Statement.Upsert(
        "assignments", ["id"], ["instruction", "action", "advisor", "branch", "due_day", "due_at", "target", "text"]);

    public static ValueTask<int> SaveAsync(SqlSession session, Template template) =>
        session.ExecuteAsync(UpsertTemplate, template.Id, StoredJson.Write(template));

    public static ValueTask<int> SaveAsync(SqlSession session, Instruction instruction) => session.ExecuteAsync(
        UpsertInstruction, instruction.Id, instruction.From.Ms(), instruction.IssuedAt.Ms(), StoredJson.Write(instruction));

    public static ValueTask SaveAsync(SqlSession session, IReadOnlyList<Assignment> assignments) => session.ExecuteAllAsync(
        UpsertAssignment,
        assignments.Select(assignment => (object?[])
        [
            assignment.Id, assignment.Instruction, assignment.Action, assignment.Advisor, assignment.Branch, assignment.DueDay.Text(),
            assignment.DueAt.Ms(), (long)assignment.Target, assignment.Text,
        ]));

    /// <summary>Column: body.</summary>
    public static Template MapTemplate(DbDataReader reader) => StoredJson.Read<Template>(reader.GetString(0));

    /// <summary>Column: body.</summary>
    public static Instruction MapInstruction(DbDataReader reader) => StoredJson.Read<Instruction>(reader.GetString(0));

    public static Assignment MapAssignment(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Assignment(
            row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Day(), row.Time(), row.Int(), row.TextOrNull());
    }
}

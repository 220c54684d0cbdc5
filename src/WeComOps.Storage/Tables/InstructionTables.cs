using System.Data.Common;
using WeComOps.Instructions;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;
using WeComOps.Templates;

namespace WeComOps.Storage.Tables;

/// <summary>Templates, instructions and their assignments.</summary>
internal static class InstructionTables
{
    public const string AssignmentColumns =
        "a.id, a.instruction, a.action, a.advisor, a.branch, a.due_day, a.due_at, a.target, a.text";

    public const string TemplateColumns = "body, revision";

    private static readonly Statement InsertTemplate = Statement.InsertIfNew("templates", "id", "body");

    private static readonly Statement UpdateTemplate = new(
        "UPDATE templates SET body = @body, revision = revision + 1 WHERE id = @id AND revision = @revision", "id", "body", "revision");

    private static readonly Statement IssueInstruction = Statement.InsertIfNew("instructions", "id", "starts_at", "issued_at", "body");

    private static readonly Statement UpsertInstruction =
        Statement.Upsert("instructions", ["id"], ["starts_at", "issued_at", "body"]);

    private static readonly Statement StopInstruction = new(
        "UPDATE instructions SET body = @body, stopped_at = @stopped_at WHERE id = @id AND stopped_at IS NULL", "id", "body", "stopped_at");

    private static readonly Statement UpsertAssignment = Statement.Upsert(
        "assignments", ["id"], ["instruction", "action", "advisor", "branch", "due_day", "due_at", "target", "text"]);

    /// <exception cref="ConflictException">It was written by another since it was read.</exception>
    public static async ValueTask SaveAsync(SqlSession session, Template template)
    {
        var touched = template.Revision == 0
            ? await session.ExecuteAsync(InsertTemplate, template.Id, StoredJson.Write(template))
            : await session.ExecuteAsync(UpdateTemplate, template.Id, StoredJson.Write(template), template.Revision);
        Conflict.Unless(touched == 1, "Template", template.Id);
    }

    /// <summary>An open one is being issued: an id is issued once. A stopped one is being stopped: once, too.</summary>
    /// <exception cref="ConflictException">The id was issued already, or the instruction was stopped already.</exception>
    public static async ValueTask SaveAsync(SqlSession session, Instruction instruction)
    {
        var touched = instruction.StoppedAt is { } stoppedAt
            ? await session.ExecuteAsync(StopInstruction, instruction.Id, StoredJson.Write(instruction), stoppedAt.Ms())
            : await session.ExecuteAsync(
                instruction.State == InstructionState.Open ? IssueInstruction : UpsertInstruction,
                instruction.Id, instruction.From.Ms(), instruction.IssuedAt.Ms(), StoredJson.Write(instruction));
        Conflict.Unless(touched == 1, "Instruction", instruction.Id);
    }

    public static ValueTask SaveAsync(SqlSession session, IReadOnlyList<Assignment> assignments) => session.ExecuteAllAsync(
        UpsertAssignment,
        assignments.Select(assignment => (object?[])
        [
            assignment.Id, assignment.Instruction, assignment.Action, assignment.Advisor, assignment.Branch, assignment.DueDay.Text(),
            assignment.DueAt.Ms(), (long)assignment.Target, assignment.Text,
        ]));

    /// <summary>Columns: body, revision.</summary>
    public static Template MapTemplate(DbDataReader reader) => StoredJson.Read<Template>(reader.GetString(0)) with { Revision = reader.GetInt64(1) };

    /// <summary>Column: body.</summary>
    public static Instruction MapInstruction(DbDataReader reader) => StoredJson.Read<Instruction>(reader.GetString(0));

    public static Assignment MapAssignment(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Assignment(
            row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Day(), row.Time(), row.Int(), row.TextOrNull());
    }
}

using WeComOps.Instructions;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlInstructionStore(SqlEngine engine) : IInstructionStore
{
    public Task<Instruction?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT body FROM instructions WHERE id = @id", [("id", id)], InstructionTables.MapInstruction, cancellationToken);

    /// <remarks>Newest first.</remarks>
    public Task<IReadOnlyList<Instruction>> ListAsync(CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT body FROM instructions ORDER BY issued_at DESC, id", [], InstructionTables.MapInstruction, cancellationToken);

    public Task<IReadOnlyList<Assignment>> AssignmentsAsync(string instruction, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {InstructionTables.AssignmentColumns} FROM assignments a WHERE a.instruction = @instruction ORDER BY a.due_at, a.advisor, a.id",
        [("instruction", instruction)], InstructionTables.MapAssignment, cancellationToken);

    public Task<IReadOnlyList<Assignment>> DueOnAsync(DateOnly day, string action, string? advisor, CancellationToken cancellationToken) =>
        advisor is null
            ? engine.ListAsync(
                $"SELECT {InstructionTables.AssignmentColumns} FROM assignments a WHERE a.due_day = @day AND a.action = @action ORDER BY a.advisor, a.id",
                [("day", day.Text()), ("action", action)], InstructionTables.MapAssignment, cancellationToken)
            : engine.ListAsync(
                $"""
                SELECT {InstructionTables.AssignmentColumns} FROM assignments a
                WHERE a.due_day = @day AND a.action = @action AND a.advisor = @advisor ORDER BY a.id
                """,
                [("day", day.Text()), ("action", action), ("advisor", advisor)], InstructionTables.MapAssignment, cancellationToken);

    /// <remarks>The window runs from the instruction's start to the assignment's deadline, both included, and ends when it is stopped.</remarks>
    public Task<IReadOnlyList<Assignment>> OpenAsync(string advisor, string action, DateTimeOffset at, CancellationToken cancellationToken) =>
        engine.ListAsync(
            $"""
            SELECT {InstructionTables.AssignmentColumns} FROM assignments a
            JOIN instructions i ON i.id = a.instruction
            WHERE a.advisor = @advisor AND a.action = @action AND i.starts_at <= @at AND a.due_at >= @at AND (i.stopped_at IS NULL OR i.stopped_at > @at)
            ORDER BY a.due_at, a.id
            """,
            [("advisor", advisor), ("action", action), ("at", at.Ms())], InstructionTables.MapAssignment, cancellationToken);
}

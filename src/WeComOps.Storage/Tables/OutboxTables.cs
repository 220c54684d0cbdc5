using System.Data.Common;
using WeComOps.Outbox;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>Slices of pushes, their executions, and messages to advisors.</summary>
internal static class OutboxTables
{
    public const string ExecutionColumns = "slice, advisor, seen_at, reached, looks, look_at";
    public const string OutgoingColumns = "id, user_id, payload, planned_at, expires_at, state, error, msg_id";

    private static readonly Statement UpsertSlice = Statement.Upsert("push_slices", ["id"], ["instruction", "state", "body"]);

    private static readonly Statement PlanSlice = Statement.InsertIfNew("push_slices", ["id", "instruction", "state", "body"]);

    private static readonly Statement PlanExecution = Statement.InsertIfNew("push_executions", ExecutionColumns.Split(", "));

    private static readonly Statement UpsertExecution = Statement.Upsert(
        "push_executions", ["slice", "advisor"], ["seen_at", "reached", "looks", "look_at"]);

    private static readonly string[] OutgoingValues = ["user_id", "payload", "planned_at", "expires_at", "state", "error", "msg_id"];

    private static readonly Statement PlanOutgoing = Statement.InsertIfNew("outgoing_messages", OutgoingColumns.Split(", "));

    private static readonly Statement PostponeOutgoing = Statement.Upsert(
        "outgoing_messages", ["id"], OutgoingValues, when: "outgoing_messages.state IN ('planned', 'started')");

    private static readonly Statement UpsertOutgoing = Statement.Upsert("outgoing_messages", ["id"], OutgoingValues);

    /// <summary>Planning a known slice does nothing: one that was started would be called a second time.</summary>
    public static ValueTask<int> SaveAsync(SqlSession session, PushSlice slice) =>
        session.ExecuteAsync(slice is { State: SliceState.Planned, Error: null } ? PlanSlice : UpsertSlice, slice.Id, slice.Instruction, slice.State.Text(), StoredJson.Write(slice));

    public static ValueTask<int> SaveAsync(SqlSession session, PushExecution execution) => session.ExecuteAsync(
        execution.SeenAt is null ? PlanExecution : UpsertExecution, execution.Slice, execution.Advisor, execution.SeenAt.Ms(), (long)execution.Reached, (long)execution.Looks, execution.LookAt.Ms());

    /// <summary>
    /// Planning a known message does nothing. Planned with an error is no new plan but a call that certainly did not take
    /// effect: it goes back from started to planned, and from nowhere else.
    /// </summary>
    public static ValueTask<int> SaveAsync(SqlSession session, OutgoingMessage message)
    {
        var statement = message switch
        {
            { State: SliceState.Planned, Error: null } => PlanOutgoing,
            { State: SliceState.Planned } => PostponeOutgoing,
            _ => UpsertOutgoing,
        };
        return session.ExecuteAsync(
            statement, message.Id, message.UserId, message.Payload, message.PlannedAt.Ms(), message.ExpiresAt.Ms(), message.State.Text(),
            message.Error, message.MsgId);
    }

    /// <summary>Column: body.</summary>
    public static PushSlice MapSlice(DbDataReader reader) => StoredJson.Read<PushSlice>(reader.GetString(0));

    public static PushExecution MapExecution(DbDataReader reader)
    {
        var row = new Row(reader);
        return new PushExecution(row.Text(), row.Text(), row.TimeOrNull(), row.Int(), row.Int(), row.TimeOrNull());
    }

    public static OutgoingMessage MapOutgoing(DbDataReader reader)
    {
        var row = new Row(reader);
        return new OutgoingMessage(
            row.Text(), row.Text(), row.Text(), row.Time(), row.Time(), row.Enum<SliceState>(), row.TextOrNull(), row.TextOrNull());
    }
}

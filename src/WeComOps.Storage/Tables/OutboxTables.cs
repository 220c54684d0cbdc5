using System.Data.Common;
using WeComOps.Outbox;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>Slices of pushes, their executions, and messages to advisors.</summary>
internal static class OutboxTables
{
    public const string ExecutionColumns = "slice, advisor, seen_at, reached, looks, look_at";
    public const string OutgoingColumns = "id, user_id, payload, planned_at, expires_at, state, error, msg_id";

    private static readonly string[] SliceValues = ["instruction", "state", "body"];

    private static readonly Statement PlanSlice = Statement.InsertIfNew("push_slices", ["id", .. SliceValues]);

    private static readonly Statement StartSlice = UpsertSlice(SliceState.Planned);

    /// <summary>How a call ended is written over the call only: who took over has made it UNKNOWN, and settles that.</summary>
    private static readonly Statement EndSlice = UpsertSlice(SliceState.Started);

    /// <summary>Also before the call, when what it needs could not be made ready.</summary>
    private static readonly Statement PostponeSlice = UpsertSlice(SliceState.Planned, SliceState.Started);

    private static readonly Statement RejectSlice = UpsertSlice(SliceState.Planned, SliceState.Started, SliceState.Accepted, SliceState.Unknown);

    private static readonly Statement SettleSlice = UpsertSlice(SliceState.Started, SliceState.Accepted, SliceState.Unknown);

    private static readonly Statement CloseSlice = UpsertSlice(SliceState.Running);

    private static readonly Statement PlanExecution = Statement.InsertIfNew("push_executions", ExecutionColumns.Split(", "));

    private static readonly Statement UpsertExecution = Statement.Upsert(
        "push_executions", ["slice", "advisor"], ["seen_at", "reached", "looks", "look_at"]);

    private static readonly string[] OutgoingValues = ["user_id", "payload", "planned_at", "expires_at", "state", "error", "msg_id"];

    private static readonly Statement PlanOutgoing = Statement.InsertIfNew("outgoing_messages", OutgoingColumns.Split(", "));

    private static readonly Statement StartOutgoing = UpsertOutgoing(SliceState.Planned);

    private static readonly Statement EndOutgoing = UpsertOutgoing(SliceState.Started);

    /// <summary>
    /// A step is taken only from the states it may be taken from, in the statement that writes it: who finds another state does
    /// not call. Planning a known slice does nothing: one that was started would be called a second time. Planned with an error
    /// is no new plan but a call that certainly did not take effect.
    /// </summary>
    /// <exception cref="ConflictException">The slice is in another state by now.</exception>
    public static async ValueTask SaveAsync(SqlSession session, PushSlice slice)
    {
        var isPlan = slice is { State: SliceState.Planned, Error: null };
        var statement = slice.State switch
        {
            SliceState.Planned => isPlan ? PlanSlice : PostponeSlice,
            SliceState.Started or SliceState.Missed or SliceState.Stopped => StartSlice,
            SliceState.Accepted => EndSlice,
            SliceState.Rejected => RejectSlice,
            SliceState.Running or SliceState.Unknown => SettleSlice,
            SliceState.Closed => CloseSlice,
            _ => throw new ArgumentOutOfRangeException(nameof(slice), slice.State, "No such state."),
        };
        var touched = await session.ExecuteAsync(statement, slice.Id, slice.Instruction, slice.State.Text(), StoredJson.Write(slice));
        Conflict.Unless(touched == 1 || isPlan, "Push", slice.Id);
    }

    public static ValueTask<int> SaveAsync(SqlSession session, PushExecution execution) => session.ExecuteAsync(
        execution.SeenAt is null ? PlanExecution : UpsertExecution, execution.Slice, execution.Advisor, execution.SeenAt.Ms(), (long)execution.Reached, (long)execution.Looks, execution.LookAt.Ms());

    /// <summary>As with slices: started only from planned, ended only from started, and planning a known message does nothing.</summary>
    /// <exception cref="ConflictException">The message is in another state by now.</exception>
    public static async ValueTask SaveAsync(SqlSession session, OutgoingMessage message)
    {
        var isPlan = message is { State: SliceState.Planned, Error: null };
        var statement = message.State switch
        {
            SliceState.Planned when isPlan => PlanOutgoing,
            SliceState.Started or SliceState.Missed => StartOutgoing,
            _ => EndOutgoing,
        };
        var touched = await session.ExecuteAsync(
            statement, message.Id, message.UserId, message.Payload, message.PlannedAt.Ms(), message.ExpiresAt.Ms(), message.State.Text(),
            message.Error, message.MsgId);
        Conflict.Unless(touched == 1 || isPlan, "Message", message.Id);
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

    private static Statement UpsertSlice(params SliceState[] from) =>
        Statement.Upsert("push_slices", ["id"], SliceValues, when: $"push_slices.state IN ({Texts(from)})");

    private static Statement UpsertOutgoing(params SliceState[] from) =>
        Statement.Upsert("outgoing_messages", ["id"], OutgoingValues, when: $"outgoing_messages.state IN ({Texts(from)})");

    private static string Texts(SliceState[] states) => string.Join(", ", states.Select(state => $"'{state.Text()}'"));
}

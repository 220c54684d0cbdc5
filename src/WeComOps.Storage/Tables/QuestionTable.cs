using System.Data.Common;
using WeComOps.Answers;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class QuestionTable
{
    public const string Columns = "body, revision";

    private static readonly Statement Insert = Statement.InsertIfNew("questions", "id", "state", "asked_at", "due_at", "body");

    private static readonly Statement Update = new(
        """
        UPDATE questions SET state = @state, asked_at = @asked_at, due_at = @due_at, body = @body, revision = revision + 1
        WHERE id = @id AND revision = @revision
        """, "id", "state", "asked_at", "due_at", "body", "revision");

    /// <exception cref="ConflictException">It was written by another since it was read.</exception>
    public static async ValueTask SaveAsync(SqlSession session, Question question)
    {
        object?[] values = [question.Id, question.State.Text(), question.AskedAt.Ms(), question.DueAt.Ms(), StoredJson.Write(question)];
        var touched = question.Revision == 0
            ? await session.ExecuteAsync(Insert, values)
            : await session.ExecuteAsync(Update, [.. values, question.Revision]);
        Conflict.Unless(touched == 1, "Question", question.Id);
    }

    /// <summary>Columns: body, revision.</summary>
    public static Question Map(DbDataReader reader) => StoredJson.Read<Question>(reader.GetString(0)) with { Revision = reader.GetInt64(1) };
}

using System.Data.Common;
using WeComOps.Answers;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class QuestionTable
{
    private static readonly Statement Upsert = Statement.Upsert("questions", ["id"], ["state", "asked_at", "due_at", "body"]);

    public static ValueTask<int> SaveAsync(SqlSession session, Question question) => session.ExecuteAsync(
        Upsert, question.Id, question.State.Text(), question.AskedAt.Ms(), question.DueAt.Ms(), StoredJson.Write(question));

    /// <summary>Column: body.</summary>
    public static Question Map(DbDataReader reader) => StoredJson.Read<Question>(reader.GetString(0));
}

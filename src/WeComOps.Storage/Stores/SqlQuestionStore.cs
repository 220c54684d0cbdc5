using WeComOps.Answers;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlQuestionStore(SqlEngine engine) : IQuestionStore
{
    public Task<Question?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {QuestionTable.Columns} FROM questions WHERE id = @id", [("id", id)], QuestionTable.Map, cancellationToken);

    public Task<IReadOnlyList<Question>> WaitingAsync(CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {QuestionTable.Columns} FROM questions WHERE state IN ('open', 'claimed') ORDER BY due_at, asked_at, id", [], QuestionTable.Map, cancellationToken);

    public Task<IReadOnlyList<Question>> InStateAsync(QuestionState state, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {QuestionTable.Columns} FROM questions WHERE state = @state ORDER BY asked_at, id", [("state", state.Text())], QuestionTable.Map, cancellationToken);

    public Task<IReadOnlyList<Question>> LatestAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {QuestionTable.Columns} FROM questions ORDER BY asked_at DESC, id DESC LIMIT @limit", [("limit", limit)], QuestionTable.Map, cancellationToken);
}

using WeComOps.Primitives;
using WeComOps.Scorecard;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlScorecardStore(SqlEngine engine) : IScorecardStore
{
    public Task<StoredScorecard?> LatestAsync(ScoreWeek week, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {ScorecardTable.Columns} FROM scorecards WHERE week = @week ORDER BY revision DESC LIMIT 1",
        [("week", week.ToString())], ScorecardTable.Map, cancellationToken);

    /// <remarks>First revision first.</remarks>
    public Task<IReadOnlyList<StoredScorecard>> HistoryAsync(ScoreWeek week, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {ScorecardTable.Columns} FROM scorecards WHERE week = @week ORDER BY revision",
        [("week", week.ToString())], ScorecardTable.Map, cancellationToken);

    /// <remarks>Newest first.</remarks>
    public Task<IReadOnlyList<ScoreWeek>> WeeksAsync(CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT DISTINCT week FROM scorecards ORDER BY week DESC", [], reader => ScoreWeek.Parse(reader.GetString(0)), cancellationToken);
}

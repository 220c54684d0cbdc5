using System.Data.Common;
using WeComOps.Primitives;
using WeComOps.Scorecard;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class ScorecardTable
{
    public const string Columns = "week, revision, state, json, digest, computed_at";

    // A frozen card only "changes" into itself: storing the same again succeeds, anything else touches no row.
    private static readonly Statement Upsert = Statement.Upsert(
        "scorecards", ["week", "revision"], ["state", "json", "digest", "computed_at"],
        when: "scorecards.state <> 'final' OR (excluded.state = 'final' AND excluded.json = scorecards.json AND excluded.digest = scorecards.digest)");

    /// <exception cref="InvalidOperationException">The stored revision is final and this one differs.</exception>
    public static async ValueTask SaveAsync(SqlSession session, StoredScorecard card)
    {
        var touched = await session.ExecuteAsync(
            Upsert, card.Week.ToString(), (long)card.Revision, card.State.Text(), card.Json, card.Digest, card.ComputedAt.Ms());
        if (touched == 0)
        {
            throw new InvalidOperationException($"Revision {card.Revision} of week {card.Week} is final: a change is a restatement with a new revision.");
        }
    }

    public static StoredScorecard Map(DbDataReader reader)
    {
        var row = new Row(reader);
        return new StoredScorecard(ScoreWeek.Parse(row.Text()), row.Int(), row.Enum<WeekState>(), row.Text(), row.Text(), row.Time());
    }
}

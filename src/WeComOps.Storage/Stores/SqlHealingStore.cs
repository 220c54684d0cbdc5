using WeComOps.Healing;
using WeComOps.Ledger;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlHealingStore(SqlEngine engine) : IHealingStore
{
    public async Task<HealRun?> LatestAsync(CancellationToken cancellationToken) => await RunsAsync(1, cancellationToken) is [var latest] ? latest : null;

    public Task<IReadOnlyList<HealRun>> RunsAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT body FROM heal_runs ORDER BY started_at DESC, id DESC LIMIT @limit", [("limit", limit)], HealingTables.MapRun, cancellationToken);

    public Task<HealRun?> FindAsync(string run, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT body FROM heal_runs WHERE id = @run", [("run", run)], HealingTables.MapRun, cancellationToken);

    public async Task<DateTimeOffset?> BaselineAsync(CancellationToken cancellationToken)
    {
        var found = await engine.ListAsync(
            "SELECT started_at FROM heal_runs WHERE first_look = 1 AND finished_at IS NOT NULL ORDER BY started_at LIMIT 1", [],
            reader => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public Task<IReadOnlyList<HealRequest>> RequestsAsync(DateTimeOffset after, CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT at, reason, by_whom FROM heal_requests WHERE at > @after ORDER BY at, reason", [("after", after.Ms())], HealingTables.MapRequest, cancellationToken);

    public Task<IReadOnlyList<HealFinding>> FindingsAsync(string run, int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {HealingTables.FindingColumns} FROM heal_findings WHERE run = @run ORDER BY at, kind, subject LIMIT @limit",
        [("run", run), ("limit", limit)], HealingTables.MapFinding, cancellationToken);

    public Task<IReadOnlyList<CountGap>> GapsAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {HealingTables.GapColumns} FROM count_gaps WHERE day BETWEEN @from AND @to ORDER BY day DESC, advisor, thing",
        [("from", from.Text()), ("to", to.Text())], HealingTables.MapGap, cancellationToken);

    public Task<IReadOnlyList<NamedCounts>> NamedAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken) => engine.ListAsync(
        """
        SELECT advisor, day,
               CAST(sum(CASE WHEN kind = 'friend_added' THEN 1 ELSE 0 END) AS bigint),
               CAST(sum(CASE WHEN kind = 'friend_lost' AND coalesce(class, '') <> 'time_unknown' THEN 1 ELSE 0 END) AS bigint)
        FROM facts WHERE kind IN ('friend_added', 'friend_lost') AND day BETWEEN @from AND @to AND advisor IS NOT NULL
        GROUP BY advisor, day ORDER BY day, advisor
        """,
        [("from", from.Text()), ("to", to.Text())], HealingTables.MapNamed, cancellationToken);

    public Task<IReadOnlyList<Fact>> TimeUnknownAsync(string customer, CancellationToken cancellationToken) => engine.ListAsync(
        $"""
        SELECT {FactTable.Columns} FROM facts f
        WHERE f.class = 'time_unknown' AND f.customer = @customer AND f.corrects_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM facts c WHERE c.corrects_day = f.day AND c.corrects_id = f.id)
        ORDER BY f.occurred_at, f.id
        """,
        [("customer", customer)], FactTable.Map, cancellationToken);
}

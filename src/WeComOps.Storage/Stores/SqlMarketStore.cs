using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;
using WeComOps.Templates;

namespace WeComOps.Storage.Stores;

internal sealed class SqlMarketStore(SqlEngine engine) : IMarketStore
{
    public Task<MarketEntry?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {MarketTable.Columns} FROM market_facts WHERE id = @id", [("id", id)], MarketTable.Map, cancellationToken);

    public Task<IReadOnlyList<MarketEntry>> CurrentAsync(DateTimeOffset at, CancellationToken cancellationToken) => engine.ListAsync(
        $"""
        SELECT {MarketTable.Columns} FROM (
            SELECT {MarketTable.Columns}, ROW_NUMBER() OVER (PARTITION BY name ORDER BY published_at DESC, entered_at DESC, id) AS place
            FROM market_facts entry
            WHERE published_at <= @at AND entered_at <= @at AND value IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM market_facts later WHERE later.corrects = entry.id AND later.entered_at <= @at)
        ) ranked
        WHERE place = 1 ORDER BY name
        """,
        [("at", at.Ms())], MarketTable.Map, cancellationToken);

    public Task<IReadOnlyList<MarketEntry>> HistoryAsync(string name, int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {MarketTable.Columns} FROM market_facts WHERE name = @name ORDER BY entered_at DESC, id DESC LIMIT @limit",
        [("name", name), ("limit", limit)], MarketTable.Map, cancellationToken);
}

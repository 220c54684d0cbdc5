using WeComOps.Sales;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlSaleStore(SqlEngine engine) : ISaleStore
{
    public Task<RecordedSale?> FindAsync(string source, string orderId, int line, int revision, CancellationToken cancellationToken) =>
        engine.FindAsync(
            $"SELECT {SaleTable.Columns} FROM sales WHERE source = @source AND order_id = @orderId AND line = @line AND revision = @revision",
            [("source", source), ("orderId", orderId), ("line", line), ("revision", revision)], SaleTable.Map, cancellationToken);

    public Task<RecordedSale?> FindSaleAsync(string source, string orderId, int line, CancellationToken cancellationToken) => engine.FindAsync(
        $"""
        SELECT {SaleTable.Columns} FROM sales
        WHERE source = @source AND order_id = @orderId AND line = @line AND kind = 'sale' ORDER BY revision DESC LIMIT 1
        """,
        [("source", source), ("orderId", orderId), ("line", line)], SaleTable.Map, cancellationToken);

    public async Task<bool> IsCancelledAsync(string source, string orderId, int line, int revision, CancellationToken cancellationToken) =>
        await engine.FindAsync(
            $"""
            SELECT {SaleTable.Columns} FROM sales
            WHERE source = @source AND order_id = @orderId AND line = @line AND kind <> 'sale' AND revision > @revision ORDER BY revision LIMIT 1
            """,
            [("source", source), ("orderId", orderId), ("line", line), ("revision", revision)], SaleTable.Map, cancellationToken) is not null;

    public async Task<int> CountAsync(string source, string orderId, int line, CancellationToken cancellationToken) =>
        checked((int)await engine.CountAsync(
            "SELECT count(*) FROM sales WHERE source = @source AND order_id = @orderId AND line = @line",
            [("source", source), ("orderId", orderId), ("line", line)], cancellationToken));

    public Task<IReadOnlyList<RecordedSale>> LatestAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {SaleTable.Columns} FROM sales ORDER BY recorded_at DESC, source DESC, order_id DESC, line DESC, revision DESC LIMIT @limit",
        [("limit", limit)], SaleTable.Map, cancellationToken);
}

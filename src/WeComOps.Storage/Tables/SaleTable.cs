using System.Data.Common;
using WeComOps.Sales;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class SaleTable
{
    public const string Columns =
        "source, order_id, line, revision, kind, product, product_line, amount_fen, currency, occurred_at, channel, face_to_face, "
        + "click, union_id, external_user_id, fact_day, fact_id, recorded_at, credited_link, advisor, template";

    private static readonly Statement Upsert =
        Statement.Upsert("sales", ["source", "order_id", "line", "revision"], Columns.Split(", ")[4..]);

    public static ValueTask<int> SaveAsync(SqlSession session, RecordedSale recorded)
    {
        var sale = recorded.Sale;
        return session.ExecuteAsync(
            Upsert,
            sale.Source, sale.OrderId, (long)sale.Line, (long)sale.Revision, sale.Kind.Text(), sale.Product, sale.ProductLine, sale.Amount.Fen(), sale.Currency,
            sale.OccurredAt.Ms(), sale.Channel, sale.FaceToFace.Flag(), sale.Click, sale.UnionId, sale.ExternalUserId,
            recorded.Fact.Day.Text(), recorded.Fact.Id, recorded.RecordedAt.Ms(), recorded.CreditedLink, recorded.Advisor, recorded.Template);
    }

    public static RecordedSale Map(DbDataReader reader)
    {
        var row = new Row(reader);
        var sale = new Sale(
            row.Text(), row.Text(), row.Int(), row.Int(), row.Enum<SaleKind>(), row.Text(), row.Text(), row.Money(), row.Text(),
            row.Time(), row.Text(), row.Flag(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        return new RecordedSale(sale, row.Ref(), row.Time(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
    }
}

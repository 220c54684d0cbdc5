using System.Data.Common;
using WeComOps.Primitives;
using WeComOps.Sales;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class SaleTable
{
    public const string Columns =
        "source, order_id, line, revision, kind, product, product_line, amount_fen, currency, occurred_at, channel, face_to_face, "
        + "click, union_id, external_user_id, fact_day, fact_id, recorded_at, credited_link, advisor, template, ordinal";

    private static readonly Statement Insert = Statement.InsertIfNew("sales", Columns.Split(", "));

    /// <exception cref="ConflictException">The revision, or another report of the order line, was recorded since the line was read.</exception>
    public static async ValueTask SaveAsync(SqlSession session, RecordedSale recorded)
    {
        var sale = recorded.Sale;
        var touched = await session.ExecuteAsync(
            Insert,
            sale.Source, sale.OrderId, (long)sale.Line, (long)sale.Revision, sale.Kind.Text(), sale.Product, sale.ProductLine, sale.Amount.Fen(), sale.Currency,
            sale.OccurredAt.Ms(), sale.Channel, sale.FaceToFace.Flag(), sale.Click, sale.UnionId, sale.ExternalUserId,
            recorded.Fact.Day.Text(), recorded.Fact.Id, recorded.RecordedAt.Ms(), recorded.CreditedLink, recorded.Advisor, recorded.Template, (long)recorded.Ordinal);
        Conflict.Unless(touched == 1, "Order line", sale.OrderLine);
    }

    public static RecordedSale Map(DbDataReader reader)
    {
        var row = new Row(reader);
        var sale = new Sale(
            row.Text(), row.Text(), row.Int(), row.Int(), row.Enum<SaleKind>(), row.Text(), row.Text(), row.Money(), row.Text(),
            row.Time(), row.Text(), row.Flag(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        return new RecordedSale(sale, row.Ref(), row.Time(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull()) { Ordinal = row.Int() };
    }
}

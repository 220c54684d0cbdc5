using System.Data.Common;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;
using WeComOps.Templates;

namespace WeComOps.Storage.Tables;

/// <summary>Figures of the market as editors entered them. Rows are only added.</summary>
internal static class MarketTable
{
    public const string Columns = "id, name, value, unit, source, published_at, entered_by, entered_at, corrects";

    private static readonly Statement Insert = Statement.InsertIfNew("market_facts", Columns.Split(", "));

    /// <exception cref="ConflictException">Another entered it in the same instant, or has corrected the same entry.</exception>
    public static async ValueTask AddAsync(SqlSession session, MarketEntry entry)
    {
        var touched = await session.ExecuteAsync(
            Insert, entry.Id, entry.Name, entry.Value, entry.Unit, entry.Source, entry.At.Ms(), entry.EnteredBy, entry.EnteredAt.Ms(), entry.Corrects);
        Conflict.Unless(touched == 1, "Market fact", entry.Id);
    }

    public static MarketEntry Map(DbDataReader reader)
    {
        var row = new Row(reader);
        return new MarketEntry(
            row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Text(), row.Time(), row.Text(), row.Time(), row.TextOrNull());
    }
}

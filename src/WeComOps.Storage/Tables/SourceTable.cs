using System.Data.Common;
using WeComOps.Ledger;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class SourceTable
{
    private static readonly Statement Insert = Statement.InsertIfNew("raw_sources", "id", "kind", "received_at", "body");

    public static ValueTask<int> InsertAsync(SqlSession session, RawSource source) =>
        session.ExecuteAsync(Insert, source.Id, source.Kind, source.ReceivedAt.Ms(), source.Body);

    /// <summary>Columns: id, kind, received_at, body.</summary>
    public static RawSource Map(DbDataReader reader)
    {
        var row = new Row(reader);
        return new RawSource(row.Text(), row.Text(), row.Time(), row.Text());
    }
}

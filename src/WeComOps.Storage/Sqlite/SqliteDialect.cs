using System.Text.Json;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override string TableExists => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name";

    public override string Migrations => "Sqlite";

    public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each(@{parameter}))";

    public override object List(IEnumerable<string> values) => JsonSerializer.Serialize(values.Select(CleanText.Of));
}

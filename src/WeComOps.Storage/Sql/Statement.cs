namespace WeComOps.Storage.Sql;

/// <summary>A writing statement with its parameters in order; prepared once per connection and then reused.</summary>
internal sealed class Statement(string sql, params string[] parameters)
{
    public string Sql { get; } = sql;

    /// <summary>Names without the leading <c>@</c>.</summary>
    public IReadOnlyList<string> Parameters { get; } = parameters;

    /// <summary>A row whose key is known is left as it is.</summary>
    public static Statement InsertIfNew(string table, params string[] columns) =>
        new($"{Insert(table, columns)} ON CONFLICT DO NOTHING", columns);

    /// <summary>A row whose key is known is replaced; where there is a condition (SQL over the table and <c>excluded</c>), only if it holds.</summary>
    public static Statement Upsert(string table, string[] keys, string[] others, string? when = null)
    {
        string[] columns = [.. keys, .. others];
        var assignments = string.Join(", ", others.Select(column => $"{column} = excluded.{column}"));
        var condition = when is null ? "" : $" WHERE {when}";
        return new Statement(
            $"{Insert(table, columns)} ON CONFLICT ({string.Join(", ", keys)}) DO UPDATE SET {assignments}{condition}", columns);
    }

    private static string Insert(string table, string[] columns) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})";
}

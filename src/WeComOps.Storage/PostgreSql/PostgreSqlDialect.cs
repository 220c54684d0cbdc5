using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.PostgreSql;

internal sealed class PostgreSqlDialect : SqlDialect
{
    private readonly ConcurrentDictionary<Statement, NpgsqlDbType[]> _types = [];

    public override string TableExists => "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(@name)";

    public override string Migrations => "PostgreSql";

    public override string? SchemaLock => "SELECT pg_advisory_xact_lock(hashtextextended('wecomops.schema', 0))";

    public override Statement? Turns { get; } = new("SELECT pg_advisory_xact_lock(hashtextextended(@name, 0))", "name");

    public override Statement? InsertMessages { get; } = new(
        """
        INSERT INTO inbox_messages (id, received_at, body)
        SELECT * FROM unnest(@ids::text[], @times::bigint[], @bodies::text[]) ON CONFLICT DO NOTHING
        """, "ids", "times", "bodies");

    protected override string SkipLockedText => "FOR UPDATE SKIP LOCKED";

    protected override string ForShareText => "FOR SHARE";

    public override string In(string column, string parameter) => $"{column} = ANY(@{parameter})";

    public override object List(IEnumerable<string> values) => values.Select(CleanText.Of).ToArray();

    /// <summary>
    /// A prepared statement serves only calls whose parameters have the same types, and a null has none. So the server is asked once
    /// for the types of each statement, and every call names them.
    /// </summary>
    public override void Describe(DbCommand command, Statement statement)
    {
        if (statement.Parameters.Count == 0)
        {
            return;
        }

        var types = _types.GetOrAdd(statement, static (asked, of) => Ask(of.Connection!, of.CommandText, asked), (NpgsqlCommand)command);
        for (var i = 0; i < types.Length; i++)
        {
            ((NpgsqlParameter)command.Parameters[i]).NpgsqlDbType = types[i];
        }
    }

    private static NpgsqlDbType[] Ask(NpgsqlConnection connection, string sql, Statement statement)
    {
        using var probe = new NpgsqlCommand(sql, connection);
        NpgsqlCommandBuilder.DeriveParameters(probe);
        return [.. statement.Parameters.Select(name => probe.Parameters[name].NpgsqlDbType)];
    }
}

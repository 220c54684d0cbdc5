using Npgsql;
using NpgsqlTypes;
using WeComOps.Inbox;

namespace WeComOps.Benchmarks.Servers;

/// <summary>(b2) on PostgreSQL: one statement with many rows on one connection.</summary>
internal sealed class PostgresGroup : IGroupStore
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;

    public PostgresGroup(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        _connection.Open();
        using var create = new NpgsqlCommand(
            """
            CREATE TABLE inbox (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE, received_at bigint NOT NULL, body text NOT NULL)
            """,
            _connection);
        create.ExecuteNonQuery();
        _insert = new NpgsqlCommand("INSERT INTO inbox (id, received_at, body) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING", _connection);
        _insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        _insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        _insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        _insert.Prepare();
    }

    public Task WriteAsync(IReadOnlyList<ReceivedMessage> messages)
    {
        _insert.Parameters[0].Value = messages.Select(static message => message.Id).ToArray();
        _insert.Parameters[1].Value = messages.Select(static message => message.ReceivedAt.ToUnixTimeMilliseconds()).ToArray();
        _insert.Parameters[2].Value = messages.Select(static message => message.Body).ToArray();
        return _insert.ExecuteNonQueryAsync();
    }
}

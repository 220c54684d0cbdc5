using Microsoft.Data.Sqlite;
using WeComOps.Inbox;

namespace WeComOps.Benchmarks.Servers;

/// <summary>A database with one table, written by one connection that forces every commit to disk.</summary>
internal sealed class SqliteTable
{
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _id;
    private readonly SqliteParameter _receivedAt;
    private readonly SqliteParameter _body;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    public SqliteTable(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        // The settings of the product's writer.
        Command(
            connection,
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864;
            CREATE TABLE inbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT
            """).ExecuteNonQuery();
        _begin = Command(connection, "BEGIN IMMEDIATE");
        _commit = Command(connection, "COMMIT");
        _insert = Command(connection, "INSERT INTO inbox (id, received_at, body) VALUES (@id, @at, @body) ON CONFLICT DO NOTHING");
        _id = _insert.Parameters.Add("@id", SqliteType.Text);
        _receivedAt = _insert.Parameters.Add("@at", SqliteType.Integer);
        _body = _insert.Parameters.Add("@body", SqliteType.Text);
    }

    /// <summary>In a transaction of its own unless <see cref="Begin"/> came before.</summary>
    public void Insert(ReceivedMessage message)
    {
        _id.Value = message.Id;
        _receivedAt.Value = message.ReceivedAt.ToUnixTimeMilliseconds();
        _body.Value = message.Body;
        _insert.ExecuteNonQuery();
    }

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}

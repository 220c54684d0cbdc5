using Npgsql;
using WeComOps.Testing;

namespace WeComOps.Storage.Tests.PostgreSql;

/// <summary>A database of its own on the tests' server.</summary>
public sealed class PostgreSqlTestDatabase(bool isMigrated = true) : TestDatabase
{
    private PostgresServer? _server;
    private string? _name;

    internal PostgreSqlTestDatabase(PostgresServer server, string name)
        : this() => (_server, _name) = (server, name);

    public string ConnectionString => _server!.ConnectionStringOf(_name!);

    public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Storage:Provider"] = "PostgreSql",
        ["Storage:ConnectionString"] = ConnectionString,
        ["Storage:SpillFolder"] = SpillFolder,
    };

    private string SpillFolder => Path.Combine(Path.GetTempPath(), "wecomops-spill-" + _name);

    public override async ValueTask PrepareAsync() => (_server, _name) = await PostgreSqlTestServer.CreateDatabaseAsync(isMigrated);

    public override async Task TamperAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<long> AskAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>One column of text.</summary>
    public async Task<List<string>> NamesAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_server is not null && _name is not null)
        {
            await _server.DropDatabaseAsync(_name);
            if (System.IO.Directory.Exists(SpillFolder))
            {
                System.IO.Directory.Delete(SpillFolder, recursive: true);
            }
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}

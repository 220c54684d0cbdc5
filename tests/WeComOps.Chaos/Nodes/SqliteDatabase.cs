using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WeComOps.Chaos.Nodes;

/// <summary>A file; the rig reads it beside the one node.</summary>
internal sealed class SqliteDatabase(string file) : IDatabase
{
    public string Provider => "Sqlite";

    public string ConnectionString => "Data Source=" + file;

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection(ConnectionString + ";Mode=ReadWrite;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        return connection;
    }

    public Task StopAsync() => throw new NotSupportedException("SQLite has no server.");

    public Task StartAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

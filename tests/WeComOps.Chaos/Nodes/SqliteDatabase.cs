using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WeComOps.Chaos.Nodes;

/// <summary>A file; the rig reads it beside the one node. It has no server to stop, but another program that locks it does not let the node write.</summary>
internal sealed class SqliteDatabase(string file) : IDatabase
{
    private SqliteConnection? _lock;

    public string Provider => "Sqlite";

    public string ConnectionString => "Data Source=" + file;

    public async Task<DbConnection> ConnectAsync() => await OpenAsync();

    public async Task StopAsync()
    {
        _lock = await OpenAsync();
        await ExecuteAsync(_lock, "BEGIN IMMEDIATE");
    }

    public async Task StartAsync()
    {
        if (_lock is { } held)
        {
            _lock = null;
            await ExecuteAsync(held, "ROLLBACK");
            await held.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StartAsync();

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

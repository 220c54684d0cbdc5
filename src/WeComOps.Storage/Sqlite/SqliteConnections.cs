using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WeComOps.Storage.Sqlite;

/// <summary>How connections to one database file are opened.</summary>
internal sealed class SqliteConnections
{
    private readonly string _reading;
    private readonly string _writing;

    /// <param name="connectionString">As configured; a relative path is taken from the working directory.</param>
    public SqliteConnections(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        Path = System.IO.Path.GetFullPath(builder.DataSource);
        builder.DataSource = Path;
        builder.Mode = SqliteOpenMode.ReadOnly;
        builder.Pooling = true;
        _reading = builder.ToString();
        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        builder.Pooling = false;
        _writing = builder.ToString();
    }

    /// <summary>Full path of the database file.</summary>
    public string Path { get; }

    public async ValueTask<DbConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_reading);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(_writing);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // FULL: a commit is on disk when it returns, also after a power cut. Temporary data (undo of savepoints) stays in memory.
            // The default cache of 2 MiB is too small for the indexes of the ledger; this one has 64 MiB. A commit that folds the log into
            // the file makes all wait: it does so at 64 MiB only, and by then SqliteFolding has done most of it.
            command.CommandText =
                """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;
                PRAGMA cache_size = -65536; PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 16000;
                """;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes pooled readers, so that the last writer can fold the write-ahead log into the file.</summary>
    public void ClearReaders()
    {
        using var connection = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(connection);
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Storage.Sqlite;

namespace WeComOps.Storage.Tests.Sqlite;

public sealed class SqliteFoldingTests : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("wecomops-folding-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "a.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_committed_gets_into_the_file_while_the_writer_is_at_work()
    {
        using var writer = new SqliteConnections($"Data Source={Path}").OpenWriter();
        Run(writer, "CREATE TABLE t (n INTEGER)");
        Run(writer, "BEGIN IMMEDIATE; INSERT INTO t VALUES (1); COMMIT");
        Run(writer, "BEGIN IMMEDIATE; INSERT INTO t VALUES (2)");
        Assert.Equal(-1, InFileAlone());

        var folding = new SqliteFolding(new SqliteConnections($"Data Source={Path}").OpenWriter, NullLogger<SqliteFolding>.Instance);
        folding.Ask();
        await folding.DisposeAsync();

        Assert.Equal(1, InFileAlone());
        Run(writer, "COMMIT");
    }

    [Fact]
    public async Task A_file_that_cannot_be_had_harms_nobody()
    {
        var tries = 0;
        var folding = new SqliteFolding(
            () =>
            {
                tries++;
                throw new SqliteException("unable to open database file", 14);
            },
            NullLogger<SqliteFolding>.Instance);
        folding.Ask();
        await folding.DisposeAsync();

        Assert.Equal(1, tries);
    }

    /// <summary>Rows in a copy of the file without its log; -1 when even the table is only in the log.</summary>
    private long InFileAlone()
    {
        var copy = System.IO.Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.Copy(Path, copy);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        if ((long)command.ExecuteScalar()! == 0)
        {
            return -1;
        }

        command.CommandText = "SELECT count(*) FROM t";
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

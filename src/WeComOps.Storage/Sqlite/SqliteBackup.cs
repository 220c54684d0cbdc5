using Dapper;
using Microsoft.Data.Sqlite;

namespace WeComOps.Storage.Sqlite;

internal static class SqliteBackup
{
    /// <summary>Puts the copy on disk for good and reads it through once: a backup that was never read is a hope.</summary>
    /// <exception cref="IOException">The copy is damaged.</exception>
    public static async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            file.Flush(flushToDisk: true);
        }

        var builder = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(builder.ToString());
        await connection.OpenAsync(cancellationToken);
        var verdict = await connection.ExecuteScalarAsync<string>(
            new CommandDefinition("PRAGMA quick_check(1)", commandTimeout: 0, cancellationToken: cancellationToken));
        if (verdict != "ok")
        {
            throw new IOException($"The copy is damaged ({verdict}). Check the disk and run the backup again.");
        }
    }
}

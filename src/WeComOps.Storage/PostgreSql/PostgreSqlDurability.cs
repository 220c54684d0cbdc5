using System.Data.Common;
using Dapper;

namespace WeComOps.Storage.PostgreSql;

/// <summary>Whether the server keeps what it acknowledges: the first promise of this product rests on it.</summary>
internal static class PostgreSqlDurability
{
    /// <exception cref="StorageRefusedException">A commit would be answered before it is on disk.</exception>
    public static async Task RefuseLossAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (await SettingAsync(connection, "synchronous_commit", cancellationToken) == "off")
        {
            throw new StorageRefusedException(
                "synchronous_commit is off for this database: callbacks that WeCom was told are stored would be lost with a crash. Turn it on (ALTER DATABASE … SET synchronous_commit = on; look at ALTER ROLE and postgresql.conf too), then start again.");
        }
    }

    /// <summary>What a crash of the machine, not of the server, would damage.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (await SettingAsync(connection, "synchronous_commit", cancellationToken) == "off")
        {
            faults.Add("PostgreSQL runs with synchronous_commit = off: what was acknowledged is lost with a crash. Turn it on.");
        }

        foreach (var name in (string[])["fsync", "full_page_writes"])
        {
            if (await SettingAsync(connection, name, cancellationToken) == "off")
            {
                faults.Add($"PostgreSQL runs with {name} = off: after a power cut the database may be lost. Turn it on in postgresql.conf.");
            }
        }

        return faults;
    }

    private static async Task<string?> SettingAsync(DbConnection connection, string name, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<string>(new CommandDefinition("SELECT current_setting(@name)", new { name }, cancellationToken: cancellationToken));
}

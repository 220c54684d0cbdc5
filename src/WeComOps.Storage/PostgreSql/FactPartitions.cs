using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Npgsql;

namespace WeComOps.Storage.PostgreSql;

/// <summary>The months of the ledger. A month is made once, by whichever node needs it first; those that are known cost nothing.</summary>
internal sealed class FactPartitions
{
    private readonly ConcurrentDictionary<int, bool> _known = [];

    public async ValueTask MakeAsync(NpgsqlDataSource source, IEnumerable<DateOnly> days)
    {
        foreach (var day in days)
        {
            if (!_known.ContainsKey(MonthOf(day)))
            {
                await MakeAsync(source, new DateOnly(day.Year, day.Month, 1));
                _known[MonthOf(day)] = true;
            }
        }
    }

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month;

    /// <remarks>
    /// Made apart and then attached: CREATE TABLE … PARTITION OF would wait for every reader of the ledger, and let everybody else
    /// wait behind it.
    /// </remarks>
    private static async Task MakeAsync(NpgsqlDataSource source, DateOnly first)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var name = first.ToString("'facts_'yyyy'_'MM", CultureInfo.InvariantCulture);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended('wecomops.months', 0))", transaction: transaction);
        if (!await connection.ExecuteScalarAsync<bool>("SELECT to_regclass(@name) IS NOT NULL", new { name }, transaction))
        {
            var from = first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var to = first.AddMonths(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await connection.ExecuteAsync(
                $"""
                CREATE TABLE {name} (LIKE facts INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE);
                CREATE TRIGGER facts_are_never_emptied BEFORE TRUNCATE ON {name}
                FOR EACH STATEMENT EXECUTE FUNCTION wecomops_refuse('facts are never deleted: record a correction');
                ALTER TABLE facts ATTACH PARTITION {name} FOR VALUES FROM ('{from}') TO ('{to}');
                """,
                transaction: transaction);
        }

        await transaction.CommitAsync();
    }
}

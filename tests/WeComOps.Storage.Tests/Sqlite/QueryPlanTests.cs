using Microsoft.Data.Sqlite;
using WeComOps.Storage.Sqlite;

namespace WeComOps.Storage.Tests.Sqlite;

/// <summary>
/// A wrong plan is right in every other test and too slow in a bank. Written as the stores write them, without the columns
/// that do not matter.
/// </summary>
public sealed class QueryPlanTests
{
    [Theory]
    [InlineData(
        "SELECT CAST(coalesce(sum(quantity), 0) AS bigint), count(*) FROM facts WHERE kind = 'requests_sent' AND advisor = @advisor AND day = @day",
        "INDEX facts_requests (advisor=? AND day=?)")]
    [InlineData(
        "SELECT tier FROM facts WHERE kind IN ('moment_published', 'group_post_sent') AND advisor = @advisor AND occurred_at BETWEEN @since AND @until ORDER BY occurred_at, day, id",
        "INDEX facts_exposures (advisor=? AND kind=? AND occurred_at>? AND occurred_at<?)")]
    [InlineData(
        "SELECT day, id, tier FROM facts WHERE day BETWEEN @from AND @to UNION ALL SELECT day, id, tier FROM facts WHERE corrects_day BETWEEN @from AND @to AND day > @to ORDER BY day, id",
        "MERGE (UNION ALL)\nLEFT\nSEARCH facts USING PRIMARY KEY (day>? AND day<?)\nRIGHT\nSEARCH facts USING INDEX facts_corrections (corrects_day>? AND corrects_day<?)")]
    [InlineData("SELECT tier FROM facts WHERE day = @day AND id IN (SELECT value FROM json_each(@ids)) ORDER BY day, id", "PRIMARY KEY (day=? AND id=?)")]
    [InlineData("SELECT tier FROM facts WHERE kind = @kind ORDER BY day DESC, occurred_at DESC, id DESC LIMIT @limit", "SEARCH facts USING INDEX facts_by_kind (kind=?)")]
    [InlineData(
        "SELECT c.id FROM customers c CROSS JOIN friendships f WHERE c.name = @name AND f.advisor = @advisor AND f.customer = c.id AND f.lost_at IS NULL",
        "SEARCH c USING INDEX customers_by_name (name=?)\nSEARCH f USING PRIMARY KEY (advisor=? AND customer=?)")]
    [InlineData(
        "SELECT message_id, handler FROM inbox_items WHERE state = 'waiting' AND due_at <= @now AND (lease_until IS NULL OR lease_until <= @now) ORDER BY received_at, seq, handler LIMIT @limit",
        "SCAN inbox_items USING INDEX inbox_items_waiting")]
    [InlineData("SELECT body FROM inbox_messages WHERE routed_at IS NULL ORDER BY received_at, seq LIMIT @limit", "SCAN inbox_messages USING INDEX inbox_messages_unrouted")]
    [InlineData(
        "SELECT payload FROM outgoing_messages WHERE state = 'planned' AND planned_at <= @now ORDER BY planned_at, id LIMIT @limit",
        "SEARCH outgoing_messages USING INDEX outgoing_messages_in_state (state=? AND planned_at<?)")]
    [InlineData(
        "SELECT product FROM sales ORDER BY recorded_at DESC, source DESC, order_id DESC, line DESC, revision DESC LIMIT @limit",
        "SCAN sales USING INDEX sales_by_time")]
    public async Task Frequent_queries_use_their_index(string sql, string plan)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join('\n', Storage.Sql.Migration.Load(SqliteDialect.Instance.Migrations).Select(migration => migration.Sql));
        await command.ExecuteNonQueryAsync();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in (string[])["advisor", "day", "since", "until", "from", "to", "ids", "kind", "limit", "name", "now"])
        {
            command.Parameters.AddWithValue("@" + name, DBNull.Value);
        }

        var steps = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                steps.Add(reader.GetString(3).Replace("COVERING INDEX", "INDEX", StringComparison.Ordinal));
            }
        }

        Assert.Contains(plan, string.Join('\n', steps), StringComparison.Ordinal);
    }
}

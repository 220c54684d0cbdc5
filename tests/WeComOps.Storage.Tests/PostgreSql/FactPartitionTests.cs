using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.PostgreSql;

public sealed class FactPartitionTests : PostgreSqlTests
{
    private static readonly DateOnly October = new(2026, 10, 31);
    private static readonly DateOnly November = new(2026, 11, 1);
    private static readonly DateOnly December = new(2026, 12, 31);

    [Fact]
    public async Task Facts_of_three_months_lie_in_three_partitions_and_are_read_as_one()
    {
        var node = await OpenNodeAsync();

        await CommitAsync(node, changes => changes.Facts.AddRange([On(December), On(October), On(November), On(November.AddDays(29))]));

        Assert.Equal(3, await Database.AskAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'facts'::regclass"));
        Assert.Equal(1, await Database.AskAsync("SELECT count(*) FROM facts_2026_10"));
        Assert.Equal(2, await Database.AskAsync("SELECT count(*) FROM facts_2026_11"));
        Assert.Equal(1, await Database.AskAsync("SELECT count(*) FROM facts_2026_12"));
        var read = await node.GetRequiredService<ILedger>().ReadAsync(October, December, None).ToListAsync();
        Assert.Equal([October, November, November.AddDays(29), December], read.Select(fact => fact.Day));
    }

    [Fact]
    public async Task Nodes_that_need_a_new_month_at_once_make_it_once_and_lose_nothing()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenNodeAsync()));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            CommitAsync(nodes[i % 4], changes => changes.Record(Given.Fact($"{i}", day: November.AddMonths(i % 5))))));

        Assert.Equal(40, await Database.AskAsync("SELECT count(*) FROM facts"));
        Assert.Equal(5, await Database.AskAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'facts'::regclass"));
    }

    [Fact]
    public async Task A_new_month_is_made_while_the_ledger_is_being_read()
    {
        var node = await OpenNodeAsync();
        await CommitAsync(node, changes => changes.Facts.AddRange(Enumerable.Range(0, 2000).Select(i => Given.Fact($"{i:0000}", day: October))));

        var read = 0;
        await foreach (var _ in node.GetRequiredService<ILedger>().ReadAsync(October, December, None))
        {
            if (read++ == 0)
            {
                await CommitAsync(node, changes => changes.Record(On(December)));
            }
        }

        Assert.Equal(2000, read);
    }

    [Fact]
    public async Task A_row_without_its_month_is_refused_never_swallowed()
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Database.TamperAsync(
            "INSERT INTO facts (day, id, kind, occurred_at, quantity, source, recorded_at) VALUES ('2031-01-01', '1', 'friend_added', 0, 1, 's', 0)"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refusal.SqlState);
    }

    [Theory]
    [InlineData("UPDATE facts SET quantity = 2")]
    [InlineData("UPDATE facts_2026_11 SET quantity = 2")]
    [InlineData("DELETE FROM facts")]
    [InlineData("DELETE FROM facts_2026_11")]
    [InlineData("TRUNCATE facts")]
    [InlineData("TRUNCATE facts_2026_11")]
    [InlineData("UPDATE audit SET who = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("TRUNCATE audit")]
    public async Task Facts_and_audit_refuse_to_be_changed_whoever_asks(string sql)
    {
        await CommitAsync(await OpenNodeAsync(), changes =>
        {
            changes.Record(On(November));
            changes.Audit.Add(new AuditEntry(Given.Noon, "editor1", "approve", "t1", null));
        });

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Database.TamperAsync(sql));

        Assert.Contains("never", refusal.MessageText, StringComparison.Ordinal);
    }

    private static Fact On(DateOnly day) => Given.Fact("1", day: day);
}

using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WeComOps.Ledger;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Tests.PostgreSql;

public sealed class PostgreSqlSessionTests : PostgreSqlTests
{
    private static readonly Statement Broken = new("INSERT INTO branches (id, name) VALUES (@id, NULL)", "id");
    private static readonly Statement Insert = Statement.InsertIfNew("branches", "id", "name", "parent_id");
    private static readonly Statement Prepared = new("SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO facts%'");

    [Fact]
    public async Task A_work_that_goes_on_after_a_failed_statement_is_no_success()
    {
        var engine = (await OpenNodeAsync()).GetRequiredService<SqlEngine>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(Insert, "1", "支行", null);
                await Assert.ThrowsAsync<PostgresException>(() => session.ExecuteAsync(Broken, "2").AsTask());
                return true;
            },
            isOneStatement: false, None));

        Assert.Equal(0, await Database.AskAsync("SELECT count(*) FROM branches"));
    }

    [Fact]
    public async Task A_second_statement_of_a_work_announced_as_one_is_refused()
    {
        var engine = (await OpenNodeAsync()).GetRequiredService<SqlEngine>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.WriteAsync(
            async session => await session.ExecuteAsync(Insert, "1", "支行", null) + await session.ExecuteAsync(Insert, "2", "支行", null),
            isOneStatement: true, None));
    }

    [Fact]
    public async Task A_batch_announced_as_one_statement_is_all_or_nothing()
    {
        var engine = (await OpenNodeAsync()).GetRequiredService<SqlEngine>();
        IEnumerable<object?[]> rows = [.. Enumerable.Range(0, 1200).Select(i => (object?[])[$"{i}", "支行", null]), ["last", null, null]];

        async Task<bool> StoreAsync(IEnumerable<object?[]> some) => await engine.WriteAsync(
            async session =>
            {
                await session.ExecuteAllAsync(Insert, some);
                return true;
            },
            isOneStatement: true, None);

        await Assert.ThrowsAsync<PostgresException>(() => StoreAsync(rows));
        Assert.Equal(0, await Database.AskAsync("SELECT count(*) FROM branches"));
        await StoreAsync(rows.SkipLast(1));
        Assert.Equal(1200, await Database.AskAsync("SELECT count(*) FROM branches"));
    }

    [Fact]
    public async Task A_null_has_the_type_of_its_column_so_that_one_prepared_statement_serves_all()
    {
        var node = await OpenNodeAsync();
        await CommitAsync(node, changes => changes.Record(Given.Fact("month")));

        var used = await node.GetRequiredService<SqlEngine>().WriteAsync(
            async session =>
            {
                for (var i = 0; i < 6; i++)
                {
                    var fact = Given.Fact($"{i}") with { Advisor = i % 2 == 0 ? "a" : null, Amount = i % 3 == 0 ? 1m : null, Content = i % 2 == 1 ? Given.Content : null };
                    await FactTable.InsertAsync(session, [fact]);
                }

                return await session.QueryAsync(Prepared, reader => (reader.GetInt64(0), reader.GetInt64(1)));
            },
            isOneStatement: false, None);

        var (statements, uses) = Assert.Single(used);
        Assert.Equal(1, statements);
        // The first use of a connection is only counted.
        Assert.InRange(uses, 5, 6);
    }

    [Fact]
    public async Task Facts_come_back_from_a_large_change_set()
    {
        var node = await OpenNodeAsync();

        await CommitAsync(node, changes => changes.Facts.AddRange(Enumerable.Range(0, 3000).Select(i => Given.Fact($"{i:0000}", day: Given.Monday.AddDays(i % 40)))));

        Assert.Equal(3000, (await node.GetRequiredService<ILedger>().LatestAsync(null, 5000, None)).Count);
    }
}

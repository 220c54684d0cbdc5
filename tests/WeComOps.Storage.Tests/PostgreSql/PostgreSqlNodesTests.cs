using Microsoft.Extensions.DependencyInjection;
using WeComOps.Access;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tests.PostgreSql;

/// <summary>Many nodes on one database.</summary>
public sealed class PostgreSqlNodesTests() : PostgreSqlTests(isMigrated: false)
{
    private static readonly Statement Rename = new("UPDATE branches SET name = @name WHERE id = @id", "id", "name");

    [Fact]
    public async Task Nodes_that_start_at_once_migrate_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenNodeAsync()));

        var steps = Migration.Load("PostgreSql").Count;
        Assert.Equal(steps, await Database.AskAsync("SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task Eight_nodes_that_append_at_once_keep_one_unbroken_chain()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenNodeAsync()));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => CommitAsync(nodes[i % 8], changes =>
        {
            changes.Customers.Add(new Customer($"c{i % 3}", $"{i}", null));
            changes.Audit.AddRange([Entry($"{i}a"), Entry($"{i}b")]);
        })));

        var verification = await nodes[0].GetRequiredService<IAuditStore>().VerifyAsync(None);
        Assert.True(verification.Holds);
        Assert.Equal(400, verification.Entries);
    }

    [Fact]
    public async Task Nodes_that_claim_at_once_never_get_the_same_item_and_leave_none()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenNodeAsync()));
        for (var i = 0; i < 120; i++)
        {
            var message = Given.Message(i);
            await nodes[0].GetRequiredService<IIntake>().StoreAsync(message, None);
            await CommitAsync(nodes[0], changes => changes.Routed.Add(message.Route("friends")));
        }

        var claimed = await Task.WhenAll(nodes.Select(async node =>
        {
            var mine = new List<InboxItem>();
            while (await node.GetRequiredService<IInboxStore>().ClaimAsync(Given.Noon, TimeSpan.FromMinutes(1), 7, None) is { Count: > 0 } some)
            {
                mine.AddRange(some);
            }

            return mine;
        }));

        var ids = claimed.SelectMany(items => items).Select(item => item.MessageId).ToList();
        Assert.Equal(120, ids.Count);
        Assert.Equal(120, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Works_that_block_each_other_are_both_done()
    {
        var engine = (await OpenNodeAsync()).GetRequiredService<SqlEngine>();
        await CommitAsync(await OpenNodeAsync(), changes => changes.Branches.AddRange([new Branch("1", "", null), new Branch("2", "", null)]));
        var firstHas = new TaskCompletionSource();
        var secondHas = new TaskCompletionSource();
        var runs = 0;

        Task<int> RunAsync(string first, string second, TaskCompletionSource has, TaskCompletionSource otherHas) => engine.WriteAsync(
            async session =>
            {
                Interlocked.Increment(ref runs);
                await session.ExecuteAsync(Rename, first, $"{first} before {second}");
                has.TrySetResult();
                await otherHas.Task;
                return await session.ExecuteAsync(Rename, second, $"{second} after {first}");
            },
            isOneStatement: false, None);

        var done = await Task.WhenAll(RunAsync("1", "2", firstHas, secondHas), RunAsync("2", "1", secondHas, firstHas));

        Assert.Equal([1, 1], done);
        Assert.True(runs > 2);
        Assert.Contains(
            await Database.AskAsync("SELECT count(*) FROM branches WHERE name IN ('1 before 2', '2 after 1')"), (long[])[0, 2]);
    }

    private static AuditEntry Entry(string subject) => new(Given.Noon, "editor1", "template.approve", subject, "说明");
}

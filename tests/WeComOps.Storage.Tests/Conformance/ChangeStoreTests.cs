using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Sales;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class ChangeStoreTests : ConformanceTests
{
    [Fact]
    public async Task A_change_set_that_fails_leaves_nothing()
    {
        var message = Given.Message(1);
        await The<IIntake>().StoreAsync(message, None);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(changes =>
        {
            changes.Routed.Add(message.Route("friends"));
            changes.Record(Given.Fact("good"));
            changes.Branches.Add(new Branch("b1", "支行", null));
            changes.Record(Given.Fact("bad") with { Amount = 1.001m });
        }));

        Assert.Empty(await The<ILedger>().LatestAsync(null, 10, None));
        Assert.Empty(await The<IDirectoryStore>().BranchesAsync(None));
        Assert.Single(await The<IInboxStore>().UnroutedAsync(10, None));
    }

    [Fact]
    public async Task A_change_set_that_fails_harms_none_that_came_with_it()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            try
            {
                await CommitAsync(changes =>
                {
                    changes.Record(Given.Fact($"{i:00}"));
                    changes.Record(Given.Fact($"{i:00}-amount") with { Amount = i % 3 == 0 ? 0.005m : 0.5m });
                });
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }));

        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 3 != 0), outcomes);
        var ids = (await The<ILedger>().LatestAsync(null, 200, None)).Select(fact => fact.Id).Order(StringComparer.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 60).Where(i => i % 3 != 0).SelectMany(i => new[] { $"{i:00}", $"{i:00}-amount" }), ids);
    }

    [Fact]
    public async Task An_empty_change_set_is_fine() => await CommitAsync(_ => { });

    [Fact]
    public async Task What_is_committed_is_seen_by_the_next_read()
    {
        for (var i = 0; i < 20; i++)
        {
            var fact = Given.Fact($"{i}");
            await CommitAsync(changes => changes.Record(fact));
            Assert.NotNull(await The<ILedger>().FindAsync(fact.Ref, None));
        }
    }

    [Fact]
    public async Task A_commit_that_was_cancelled_before_it_began_stores_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var changes = new Changes();
        changes.Record(Given.Fact("1"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => The<IChangeStore>().CommitAsync(changes, cancelled.Token));

        Assert.Null(await The<ILedger>().FindAsync(Given.Fact("1").Ref, None));
    }

    [Theory]
    [InlineData("0.001")]
    [InlineData("-12.345")]
    [InlineData("99999999999999999999")]
    public async Task Money_that_fen_cannot_hold_is_refused(string amount)
    {
        var value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(changes => changes.Record(Given.Fact("1") with { Amount = value })));
    }

    [Fact]
    public async Task Money_comes_back_exactly_and_always_with_two_decimals()
    {
        decimal[] amounts = [0m, 100m, 100.0000m, 0.1m, -0.01m, 12_345_678_901_234.56m];
        await CommitAsync(changes => changes.Facts.AddRange(amounts.Select((amount, i) => Given.Fact($"{i}") with { Amount = amount })));

        var read = (await The<ILedger>().ReadAsync(Given.Monday, Given.Monday, None).ToListAsync()).Select(fact => fact.Amount!.Value).ToList();

        Assert.Equal(amounts, read);
        Assert.All(read, amount => Assert.Equal(2, amount.Scale));
    }

    [Fact]
    public async Task Chinese_and_emoji_come_back_as_they_were()
    {
        var name = "张三😀👨‍👩‍👧 𠮷 «'\"\\%_»";

        await CommitAsync(changes => changes.Customers.Add(new Customer("c1", name, null)));

        Assert.Equal(name, (await The<ICustomerStore>().FindAsync("c1", None))!.Name);
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')]
    [InlineData('\ude00')]
    public async Task Text_that_an_engine_cannot_hold_is_replaced_not_refused(char impossible)
    {
        var given = $"{impossible}张 {impossible} 三🙂{impossible}";
        const string kept = "\uFFFD张 \uFFFD 三🙂\uFFFD";
        await CommitAsync(changes =>
        {
            changes.Customers.Add(new Customer("c1", given, null));
            changes.Friendships.Add(new Friendship("a1", "c1", Given.Noon, 0, null, null, null));
        });
        await The<IIntake>().StoreAsync(new ReceivedMessage("m1", Given.Noon, given), None);

        Assert.Equal(kept, (await The<ICustomerStore>().FindAsync("c1", None))!.Name);
        Assert.Equal(kept, (await The<IInboxStore>().FindAsync("m1", None))!.Body);
        Assert.Equal(kept, Assert.Single(await The<ICustomerStore>().FindByNameAsync("a1", given, 5, None)).Name);
    }

    [Fact]
    public async Task A_job_remembers_its_last_period_and_never_goes_back()
    {
        await CommitAsync(changes => changes.Jobs.Add(new JobMark("pull", Given.Noon)));
        await CommitAsync(changes => changes.Jobs.Add(new JobMark("pull", Given.Noon.AddDays(-1))));
        await RestartAsync();

        Assert.Equal(Given.Noon, await The<IJobStore>().LastPeriodAsync("pull", None));
        Assert.Null(await The<IJobStore>().LastPeriodAsync("other", None));
    }

    [Fact]
    public async Task A_sale_is_kept_by_source_order_line_and_revision()
    {
        var sale = new Sale("core", "o1", 1, 1, SaleKind.Sale, "基金A", "funds", 1000.5m, "CNY", Given.Noon, "app", false, "click1", "u1", null);
        RecordedSale Recorded(Sale of) => new(of, new FactRef(Given.Monday, "sale:" + of.Key), Given.Noon, "link1", "advisor1", "t@1") { Ordinal = of.Revision };
        var second = Recorded(sale with { Revision = 2, Amount = 900m });
        var cancel = Recorded(sale with { Revision = 3, Kind = SaleKind.Cancel });

        await CommitAsync(changes => changes.Sales.AddRange([Recorded(sale), second, cancel]));
        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Sales.Add(second with { Ordinal = 4 })));
        await Assert.ThrowsAsync<ConflictException>(() => CommitAsync(changes => changes.Sales.Add(Recorded(sale with { Revision = 4 }) with { Ordinal = 3 })));

        var store = The<ISaleStore>();
        Assert.Equal(Recorded(sale), await store.FindAsync("core", "o1", 1, 1, None));
        Assert.Equal(second, await store.FindSaleAsync("core", "o1", 1, None));
        Assert.Null(await store.FindSaleAsync("core", "o1", 2, None));
        Assert.Equal(3, await store.CountAsync("core", "o1", 1, None));
        Assert.Equal(0, await store.CountAsync("core", "o1", 2, None));
        Assert.Equal([cancel, second, Recorded(sale)], await store.LatestAsync(10, None));
    }
}

using WeComOps.Ledger;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class LedgerTests : ConformanceTests
{
    [Fact]
    public async Task A_fact_comes_back_with_every_field()
    {
        var full = Given.Fact("full", FactKind.SaleMade) with
        {
            OccurredAt = Given.Noon.AddMilliseconds(1),
            DueAt = Given.Noon.AddMilliseconds(2),
            Advisor = "advisor1",
            Branch = "支行一",
            Customer = "customer1",
            Tier = "gold",
            Group = "group1",
            Content = Given.Content,
            Push = "moment1",
            Product = "黄金积存🥇",
            Link = "link1",
            Click = "click1",
            Topic = "investment",
            Class = FactClass.Online,
            Quantity = -3,
            Amount = 1234567890.12m,
            Currency = "CNY",
            Cause = new FactRef(Given.Monday.AddDays(-1), "cause"),
            Corrects = new FactRef(Given.Monday.AddDays(-2), "corrects"),
            RecordedAt = Given.Noon.AddMilliseconds(3),
        };
        var bare = Given.Fact("bare");
        var inexact = Given.Content with { Instruction = null, Variant = null, ProductLine = null };

        await CommitAsync(changes => changes.Facts.AddRange([full, bare, Given.Fact("content") with { Content = inexact }]));

        Assert.Equal(full, await The<ILedger>().FindAsync(full.Ref, None));
        Assert.Equal(bare, await The<ILedger>().FindAsync(bare.Ref, None));
        Assert.Equal(inexact, (await The<ILedger>().FindAsync(Given.Fact("content").Ref, None))!.Content);
    }

    [Fact]
    public async Task Every_kind_of_fact_can_be_kept()
    {
        var facts = Enum.GetValues<FactKind>().Select(kind => Given.Fact(kind.Name(), kind)).ToList();

        await CommitAsync(changes => changes.Facts.AddRange(facts));

        Assert.Equal(facts.OrderBy(fact => fact.Id, StringComparer.Ordinal), await ReadAsync(0, 0));
    }

    [Fact]
    public async Task Times_keep_milliseconds_and_lose_what_is_finer_and_the_offset()
    {
        var local = new DateTimeOffset(2026, 11, 9, 8, 0, 0, 456, TimeSpan.FromHours(8)).AddTicks(9999);

        await CommitAsync(changes => changes.Record(Given.Fact("1") with { OccurredAt = local }));

        var read = (await The<ILedger>().FindAsync(Given.Fact("1").Ref, None))!.OccurredAt;
        Assert.Equal(new DateTimeOffset(2026, 11, 9, 0, 0, 0, 456, TimeSpan.Zero), read);
        Assert.Equal(TimeSpan.Zero, read.Offset);
    }

    [Fact]
    public async Task A_fact_recorded_twice_is_one_fact_and_stays_as_it_was()
    {
        var first = Given.Fact("1") with { Quantity = 1 };
        await CommitAsync(changes => changes.Record(first));

        await CommitAsync(changes => changes.Facts.AddRange([first with { Quantity = 2 }, Given.Fact("2"), Given.Fact("2") with { Quantity = 9 }]));

        Assert.Equal([first, Given.Fact("2")], await ReadAsync(0, 0));
    }

    [Fact]
    public async Task Facts_are_read_by_day_and_id_in_whatever_order_they_came()
    {
        string[] ids = ["b", "a", "B", "é", "中", "Z", "a:10", "a:9", "_"];
        foreach (var id in ids.Reverse())
        {
            await CommitAsync(changes => changes.Facts.AddRange([Given.Fact(id, day: Given.Monday.AddDays(1)), Given.Fact(id)]));
        }

        var read = await ReadAsync(0, 1);

        var sorted = ids.Order(StringComparer.Ordinal).ToList();
        Assert.Equal([.. sorted, .. sorted], read.Select(fact => fact.Id));
        Assert.Equal(read.OrderBy(fact => fact.Day), read);
    }

    [Fact]
    public async Task A_range_includes_both_ends_and_nothing_else()
    {
        await CommitAsync(changes => changes.Facts.AddRange(Enumerable.Range(-1, 9).Select(i => Given.Fact($"{i}", day: Given.Monday.AddDays(i)))));

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], (await ReadAsync(0, 6)).Select(fact => fact.Id));
    }

    [Fact]
    public async Task Later_corrections_of_a_week_are_read_with_it_once_and_in_order()
    {
        var sale = Given.Fact("sale", FactKind.SaleMade);
        Fact Cancel(string id, int day, FactRef of) => Given.Fact(id, FactKind.SaleCancelled, Given.Monday.AddDays(day)) with { Corrects = of };
        await CommitAsync(changes => changes.Facts.AddRange(
        [
            Cancel("cancel-later", 10, sale.Ref), sale, Cancel("cancel-within", 3, sale.Ref), Cancel("cancel-b", 7, sale.Ref),
            Cancel("cancel-other-week", 10, Given.Fact("x", day: Given.Monday.AddDays(9)).Ref),
            Given.Fact("excused", FactKind.AssignmentExcused, Given.Monday.AddDays(8)) with { Corrects = new FactRef(Given.Monday.AddDays(6), "given") },
        ]));

        Assert.Equal(["sale", "cancel-within", "cancel-b", "excused", "cancel-later"], (await ReadAsync(0, 6)).Select(fact => fact.Id));
        Assert.Equal(["cancel-b", "excused", "cancel-later", "cancel-other-week"], (await ReadAsync(7, 13)).Select(fact => fact.Id));
    }

    [Fact]
    public async Task Facts_are_streamed_so_reading_can_stop_early()
    {
        await CommitAsync(changes => changes.Facts.AddRange(Enumerable.Range(0, 500).Select(i => Given.Fact($"{i:000}"))));

        await foreach (var fact in The<ILedger>().ReadAsync(Given.Monday, Given.Monday, None))
        {
            Assert.Equal("000", fact.Id);
            await CommitAsync(changes => changes.Record(Given.Fact("written-meanwhile")));
            break;
        }

        Assert.Equal(501, (await ReadAsync(0, 0)).Count);
    }

    [Fact]
    public async Task References_find_their_facts_and_no_others()
    {
        var monday = Given.Fact("a");
        var tuesday = Given.Fact("b", day: Given.Monday.AddDays(1));
        await CommitAsync(changes => changes.Facts.AddRange([monday, tuesday, Given.Fact("b"), Given.Fact("a", day: tuesday.Day)]));

        var found = await The<ILedger>().FindAsync([tuesday.Ref, monday.Ref, monday.Ref, new FactRef(Given.Monday, "no")], None);

        Assert.Equal([monday, tuesday], found);
        Assert.Empty(await The<ILedger>().FindAsync(Array.Empty<FactRef>(), None));
    }

    [Fact]
    public async Task The_latest_facts_come_newest_first_of_all_kinds_or_one()
    {
        await CommitAsync(changes => changes.Facts.AddRange(
        [
            Given.Fact("1") with { OccurredAt = Given.Noon.AddHours(1) }, Given.Fact("2"),
            Given.Fact("3", FactKind.FriendLost), Given.Fact("4", day: Given.Monday.AddDays(1)),
        ]));

        Assert.Equal(["4", "1", "3"], (await The<ILedger>().LatestAsync(null, 3, None)).Select(fact => fact.Id));
        Assert.Equal(["4", "1", "2"], (await The<ILedger>().LatestAsync(FactKind.FriendAdded, 9, None)).Select(fact => fact.Id));
    }

    [Fact]
    public async Task Known_requests_are_summed_per_advisor_and_day()
    {
        Fact Sent(string id, string advisor, long quantity, int day = 0) =>
            Given.Fact(id, FactKind.RequestsSent, Given.Monday.AddDays(day)) with { Advisor = advisor, Quantity = quantity };
        await CommitAsync(changes => changes.Facts.AddRange(
            [Sent("1", "a", 40), Sent("2", "a", -2), Sent("3", "b", 5), Sent("4", "a", 7, day: 1), Sent("5", "c", 0)]));

        Assert.Equal((38, 2), await The<ILedger>().RequestsKnownAsync("a", Given.Monday, None));
        Assert.Equal((0, 1), await The<ILedger>().RequestsKnownAsync("c", Given.Monday, None));
        Assert.Null(await The<ILedger>().RequestsKnownAsync("b", Given.Monday.AddDays(1), None));
    }

    [Fact]
    public async Task A_source_is_kept_as_first_received()
    {
        var source = new RawSource("pull:1", "pull", Given.Noon, """{"新":"🙂"}""");
        await CommitAsync(changes => changes.Sources.Add(source));

        await CommitAsync(changes => changes.Sources.Add(source with { Body = "{}" }));

        Assert.Equal(source, await The<ILedger>().FindSourceAsync("pull:1", None));
        Assert.Null(await The<ILedger>().FindSourceAsync("pull:2", None));
    }

    private Task<List<Fact>> ReadAsync(int from, int to) =>
        The<ILedger>().ReadAsync(Given.Monday.AddDays(from), Given.Monday.AddDays(to), None).ToListAsync();
}

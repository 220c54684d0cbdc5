using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class MarketStoreTests : ConformanceTests
{
    private static readonly MarketEntry Gold =
        new("gold_close@1", "gold_close", "932.40", "元/克", "上海黄金交易所", Given.Noon.AddHours(-20), "chen.jing", Given.Noon, Corrects: null);

    [Fact]
    public async Task An_entry_comes_back_whole()
    {
        await AddAsync(Gold);
        Assert.Equal(Gold, await The<IMarketStore>().FindAsync(Gold.Id, None));
        Assert.Equal([Gold], await The<IMarketStore>().HistoryAsync("gold_close", 10, None));
        Assert.Null(await The<IMarketStore>().FindAsync("other", None));
    }

    [Fact]
    public async Task Of_each_name_the_one_published_last_counts_whenever_it_was_entered()
    {
        var newer = Gold with { Id = "2", Value = "940.00", At = Given.Noon.AddHours(-1), EnteredAt = Given.Noon };
        var lateEntryOfOldNews = Gold with { Id = "3", Value = "900.00", At = Given.Noon.AddDays(-3), EnteredAt = Given.Noon.AddMinutes(5) };
        var rate = Gold with { Id = "4", Name = "fed_funds", Value = "3.50-3.75", Unit = null };
        await AddAsync(newer, lateEntryOfOldNews, rate, Gold);

        Assert.Equal([rate, newer], await The<IMarketStore>().CurrentAsync(Given.Noon.AddHours(1), None));
        Assert.Equal([lateEntryOfOldNews], await The<IMarketStore>().HistoryAsync("gold_close", 1, None));
    }

    [Fact]
    public async Task What_counted_at_an_instant_is_told_by_what_was_known_then()
    {
        var correction = Gold with { Id = "2", Value = "923.40", EnteredAt = Given.Noon.AddHours(2), Corrects = Gold.Id };
        var withdrawal = correction with { Id = "3", Value = null, EnteredAt = Given.Noon.AddHours(4), Corrects = "2" };
        var announced = Gold with { Id = "4", Name = "cpi", At = Given.Noon.AddHours(6) };
        await AddAsync(Gold, announced);
        await AddAsync(correction);
        await AddAsync(withdrawal);

        Assert.Empty(await ValuesAtAsync(Given.Noon.AddMilliseconds(-1)));
        Assert.Equal(["932.40"], await ValuesAtAsync(Given.Noon));
        Assert.Equal(["923.40"], await ValuesAtAsync(Given.Noon.AddHours(2)));
        Assert.Empty(await ValuesAtAsync(Given.Noon.AddHours(4)));
        Assert.Equal(["932.40"], await ValuesAtAsync(Given.Noon.AddHours(6)));
    }

    [Fact]
    public async Task An_entry_is_never_written_over_and_is_corrected_once()
    {
        await AddAsync(Gold);
        await AddAsync(Gold with { Id = "2", Value = "923.40", Corrects = Gold.Id });

        await Assert.ThrowsAsync<ConflictException>(() => AddAsync(Gold with { Value = "1.00" }));
        await Assert.ThrowsAsync<ConflictException>(() => AddAsync(Gold with { Id = "3", Value = "1.00", Corrects = Gold.Id }));

        Assert.Equal(["923.40"], await ValuesAtAsync(Given.Noon));
        Assert.Equal(2, (await The<IMarketStore>().HistoryAsync("gold_close", 10, None)).Count);
    }

    [Fact]
    public async Task Of_two_editors_who_correct_one_entry_at_once_one_is_told_to_look_again()
    {
        var clock = new SteppedClock(Given.Noon);
        await AddAsync(Gold);
        var faults = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Task.Run(() => new EnterMarketFact(The<IMarketStore>(), The<IChangeStore>(), clock)
            .EnterAsync(new NewMarketFact("gold_close", $"92{number}.40", "元/克", "上海黄金交易所", Gold.At, Gold.Id), $"editor{number}", None))));

        var winner = Assert.Single(faults.Index(), one => one.Item.Count == 0).Index + 1;
        Assert.Equal([$"92{winner}.40"], await ValuesAtAsync(Given.Noon));
    }

    private Task AddAsync(params MarketEntry[] entries) => CommitAsync(changes => changes.MarketEntries.AddRange(entries));

    private async Task<IEnumerable<string?>> ValuesAtAsync(DateTimeOffset at) => (await The<IMarketStore>().CurrentAsync(at, None)).Select(entry => entry.Value);
}

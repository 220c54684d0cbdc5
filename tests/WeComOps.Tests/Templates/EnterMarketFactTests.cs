using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

public sealed class EnterMarketFactTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 17, 2, 0, 0, TimeSpan.Zero);
    private static readonly NewMarketFact Gold = new("gold_close", "932.40", "元/克", "上海黄金交易所", Now.AddHours(-18), Corrects: null);
    private readonly Book _book = new();
    private DateTimeOffset _now = Now;

    [Fact]
    public async Task A_figure_is_kept_with_who_and_when()
    {
        Assert.Empty(await EnterAsync(Gold with { Name = " gold_close ", Unit = " " }));
        var entry = Assert.Single(_book.Entries);
        Assert.Equal(("gold_close", "932.40", null, "e-lin", Now), (entry.Name, entry.Value, entry.Unit, entry.EnteredBy, entry.EnteredAt));
        Assert.Equal(("enter-market-fact", entry.Id), (_book.Audit[0].Action, _book.Audit[0].Subject));
    }

    [Theory]
    [InlineData("Gold", "932.40", "元/克", "x", -1, nameof(NewMarketFact.Name))]
    [InlineData("9gold", "932.40", "元/克", "x", -1, nameof(NewMarketFact.Name))]
    [InlineData("gold", " ", "元/克", "x", -1, nameof(NewMarketFact.Value))]
    [InlineData("gold", "1,932.40", "元/克", "x", -1, nameof(NewMarketFact.Value))]
    [InlineData("gold", "９３２", "元/克", "x", -1, nameof(NewMarketFact.Value))]
    [InlineData("gold", "932.40", "一个特别特别特别特别特别特别特别特别特别长的单位", "x", -1, nameof(NewMarketFact.Unit))]
    [InlineData("gold", "932.40", "元/克", "", -1, nameof(NewMarketFact.Source))]
    [InlineData("gold", "932.40", "元/克", "x", 1, nameof(NewMarketFact.At))]
    [InlineData("gold", "932.40", "元/克", "x", -10_000, nameof(NewMarketFact.At))]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_kept(string name, string value, string unit, string source, int hours, string field)
    {
        var fault = Assert.Single(await EnterAsync(new NewMarketFact(name, value, unit, source, Now.AddHours(hours), null)));
        Assert.Equal(field, fault.Field);
        Assert.Empty(_book.Entries);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once() =>
        Assert.Equal(["Name", "Value", "Source", "At"], (await EnterAsync(new NewMarketFact(null, null, null, null, null, null))).Select(fault => fault.Field));

    [Fact]
    public async Task The_same_figure_twice_another_unit_and_words_for_a_number_are_slips()
    {
        await EnterAsync(Gold);
        Assert.Contains("录入过", Assert.Single(await EnterAsync(Gold)).Message, StringComparison.Ordinal);
        Assert.Equal("Unit", Assert.Single(await EnterAsync(Gold with { Unit = "美元/盎司", At = Now })).Field);
        Assert.Equal("Value", Assert.Single(await EnterAsync(Gold with { Value = "涨了", At = Now })).Field);
        Assert.Single(_book.Entries);
    }

    [Fact]
    public async Task A_correction_may_mend_the_unit_and_is_made_once()
    {
        await EnterAsync(Gold with { Unit = "元" });
        var first = _book.Entries[0].Id;
        _now = Now.AddMinutes(1);
        Assert.Empty(await EnterAsync(Gold with { Corrects = first }));
        Assert.Equal("Corrects", Assert.Single(await EnterAsync(Gold with { Value = "1", Corrects = first })).Field);
        Assert.Equal("Corrects", Assert.Single(await EnterAsync(Gold with { Value = "1", Corrects = "no such entry" })).Field);
    }

    [Fact]
    public async Task A_withdrawn_figure_is_named_by_its_withdrawal_and_is_withdrawn_once()
    {
        await EnterAsync(Gold);
        _now = Now.AddMinutes(1);
        Assert.Null(await Desk.WithdrawAsync(_book.Entries[0].Id, "e-su", default));
        Assert.Equal((null, "e-su", _book.Entries[0].Id), (_book.Entries[1].Value, _book.Entries[1].EnteredBy, _book.Entries[1].Corrects));
        Assert.NotNull(await Desk.WithdrawAsync(_book.Entries[1].Id, "e-su", default));
        Assert.NotNull(await Desk.WithdrawAsync("no such entry", "e-su", default));
    }

    private EnterMarketFact Desk => new(_book, _book, new FixedClock(() => _now));

    private Task<IReadOnlyList<MarketFault>> EnterAsync(NewMarketFact request) => Desk.EnterAsync(request, "e-lin", default);

    private sealed class Book : IMarketStore, IChangeStore
    {
        public List<MarketEntry> Entries { get; } = [];

        public List<AuditEntry> Audit { get; } = [];

        public Task<MarketEntry?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Entries.Find(entry => entry.Id == id));

        public Task<IReadOnlyList<MarketEntry>> CurrentAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<MarketEntry>> HistoryAsync(string name, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<MarketEntry>>([.. Entries.Where(entry => entry.Name == name).OrderByDescending(entry => entry.EnteredAt)]);

        public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
        {
            Entries.AddRange(changes.MarketEntries);
            Audit.AddRange(changes.Audit);
            return Task.CompletedTask;
        }
    }

    private sealed class FixedClock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}

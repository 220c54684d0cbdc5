using System.Text.Json;
using WeComOps.Host.Demo;
using WeComOps.Host.Tests.Demo;
using WeComOps.Host.Tests.Oracle;
using WeComOps.Primitives;

namespace WeComOps.Host.Tests;

/// <summary>Every number of the stored scorecards against the sandbox's own books, to the unit.</summary>
public sealed class ScorecardOracleTests(LivedBanks banks)
{
    [Theory]
    [InlineData(42)]
    [InlineData(7)]
    [InlineData(2026)]
    public async Task Every_number_of_the_front_line_is_what_the_bank_lived(int seed) =>
        await CompareAsync(seed, "front", static (books, monday, number, _) => Arithmetic.Front(new ActionOracle(books, monday, number).Count()));

    [Theory]
    [InlineData(42)]
    [InlineData(7)]
    [InlineData(2026)]
    public async Task Every_number_of_the_mid_office_is_what_the_bank_lived(int seed) =>
        await CompareAsync(seed, "mid", static (books, monday, number, lastLook) => Arithmetic.Mid(new OutcomeOracle(books, monday, number, lastLook).Count()));

    private async Task CompareAsync(int seed, string side, Func<SandboxBooks, DateOnly, int, DateTimeOffset, SortedDictionary<string, string>> expect)
    {
        var bank = await banks.OfSeedAsync(seed);
        using var books = await SandboxBooks.ReadAsync(bank.Run.Sandbox, bank.Settings.Sandbox);
        var differences = new List<string>();
        var compared = 0;
        var lastLook = Days.At(DemoSettings.FirstMonday.AddDays((7 * bank.Settings.Weeks) + 2), 12, 30);
        for (var number = 0; number < bank.Settings.Weeks; number++)
        {
            var monday = DemoSettings.FirstMonday.AddDays(7 * number);
            var stored = await bank.Run.ScorecardAsync(ScoreWeek.Parse(Days.Week(monday)), CancellationToken.None);
            using var card = JsonDocument.Parse(stored.Json);
            var found = Arithmetic.Read(card.RootElement, side);
            var expected = expect(books, monday, number, lastLook);
            compared += expected.Count;
            differences.AddRange(expected.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
                .Where(name => expected.GetValueOrDefault(name) != found.GetValueOrDefault(name))
                .Select(name => $"{Days.Week(monday)} {name}: expected {expected.GetValueOrDefault(name) ?? "nothing"}, found {found.GetValueOrDefault(name) ?? "nothing"}"));
        }

        Assert.True(compared > 200, $"Only {compared} numbers were compared.");
        Assert.True(differences.Count == 0, $"{differences.Count} of {compared} numbers differ:\n{string.Join('\n', differences.Take(400))}");
    }
}

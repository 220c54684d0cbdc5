using System.Net;
using System.Text.Json;

namespace WeComOps.Console.Tests;

public sealed class BranchScopeTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/advisors")]
    [InlineData("/instructions")]
    [InlineData("/links")]
    [InlineData("/customers")]
    [InlineData("/checks")]
    [InlineData("/instructions/mo-2026-w46")]
    public async Task A_branch_manager_sees_no_other_branch(string path)
    {
        using var browser = await console.SignedInAsync(SampleBank.BranchManager);

        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.Contains("城东支行", page, StringComparison.Ordinal);
        Assert.All(SampleBank.Branches.Skip(1), branch => Assert.DoesNotContain(branch.Name, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/?branch=102")]
    [InlineData("/advisors?branch=102")]
    [InlineData("/advisors/adv10200")]
    [InlineData("/checks/gaps/2026-11-16/adv10200/Lost")]
    [InlineData("/explain?week=2026-W46&metric=moments&subject=branch:102")]
    [InlineData("/explain?week=2026-W46&metric=moments&subject=bank:all")]
    [InlineData("/explain?week=2026-W46&metric=harm&subject=template:coupon-push")]
    [InlineData("/explain?week=2026-W46&metric=moments&subject=advisor:adv10200")]
    [InlineData("/api/v1/scorecards/2026-W46/advisors/adv10200")]
    [InlineData("/api/v1/scorecards/2026-W46/facts?metric=moments&subject=branch:102")]
    public async Task Another_branch_in_the_address_is_refused(string path)
    {
        using var browser = await console.SignedInAsync(SampleBank.BranchManager);

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_scorecard_of_a_branch_manager_holds_that_branch_and_its_advisors()
    {
        using var browser = await console.SignedInAsync(SampleBank.BranchManager);

        using var card = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/api/v1/scorecards/2026-W46", UriKind.Relative)));

        var subjects = card.RootElement.GetProperty("front").EnumerateArray().Concat(card.RootElement.GetProperty("mid").EnumerateArray())
            .Select(score => score.GetProperty("subject").GetString()!).Distinct(StringComparer.Ordinal).ToArray();
        Assert.Equal(["advisor:adv10100", "advisor:adv10101", "advisor:adv10102", "advisor:adv10103", "branch:101"], subjects.Order(StringComparer.Ordinal));
        Assert.False(card.RootElement.TryGetProperty("digest", out _));
    }

    [Fact]
    public async Task The_whole_bank_gets_the_card_exactly_as_stored()
    {
        using var browser = await console.SignedInAsync(SampleBank.Manager);

        using var card = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/api/v1/scorecards/2026-W46", UriKind.Relative)));

        Assert.Equal(64, card.RootElement.GetProperty("digest").GetString()!.Length);
        Assert.Equal("provisional", card.RootElement.GetProperty("state").GetString());
    }
}

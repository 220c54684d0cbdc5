using WeComOps.Console.Pages;
using WeComOps.Console.Security;

namespace WeComOps.Console.Tests;

public sealed class PageSafetyTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/signin")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/scorecards/2026-W46")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var browser = await console.SignedInAsync(SampleBank.Manager);

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/advisors")]
    [InlineData("/instructions/mo-2026-w46")]
    [InlineData("/templates/fed-cut")]
    [InlineData("/questions")]
    [InlineData("/instructions/new?template=fed-cut")]
    [InlineData("/market")]
    [InlineData("/pictures")]
    public async Task A_page_holds_nothing_that_the_policy_would_block(string path)
    {
        using var browser = await console.SignedInAsync(SampleBank.Editor);

        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" onclick=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/customers")]
    [InlineData("/facts/2026-11-16/question_asked:hostile")]
    [InlineData("/search?q=alert")]
    [InlineData("/advisors/hostile")]
    public async Task A_hostile_name_stays_text(string path)
    {
        using var browser = await console.SignedInAsync(SampleBank.Manager);

        var page = await browser.GetStringAsync(new Uri(path, UriKind.Relative));

        Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        Assert.DoesNotContain(ConsoleFixture.HostileName, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-2*3", "'-2*3")]
    [InlineData("@x", "'@x")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("城东支行", "城东支行")]
    public void A_cell_that_looks_like_a_formula_is_exported_as_text(string cell, string written) =>
        Assert.Equal($"name\r\n{written}\r\n", Csv.Write(["name"], [[cell]]));

    [Fact]
    public void A_negative_amount_stays_a_number() => Assert.Equal("amount\r\n-50000\r\n", Csv.Write(["amount"], [[-50_000.00m]]));
}

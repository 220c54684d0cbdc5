using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Host.Demo;
using WeComOps.Host.Tests.Web;
using WeComOps.Ledger;
using WeComOps.Links;

namespace WeComOps.Host.Tests;

public sealed class ServedWebTests(ServedProduct product) : IClassFixture<ServedProduct>
{
    private const string Phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MicroMessenger/8.0.50";

    [Fact]
    public async Task A_tracked_link_leads_on_with_the_click_and_a_head_request_is_a_bot()
    {
        var token = await TokenAsync();

        using var opened = await OpenAsync(HttpMethod.Get, token);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        Assert.Equal("shop.bank.example", opened.Headers.Location!.Host);
        Assert.StartsWith("?wc=c_", opened.Headers.Location.Query, StringComparison.Ordinal);
        Assert.Equal("no-store", opened.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
        using var looked = await OpenAsync(HttpMethod.Head, token);
        Assert.Equal(HttpStatusCode.Redirect, looked.StatusCode);

        await product.WorkAsync();
        (string?, string?)[] expected = [(ClickOf(opened), FactClass.Human), (ClickOf(looked), FactClass.Bot)];
        var clicks = (await product.FactsAsync(FactKind.LinkClicked)).Select(fact => (fact.Click, fact.Class)).Where(click => expected.Any(other => other.Item1 == click.Click));
        Assert.Equal(expected.Order(), clicks.Order());

        static string ClickOf(HttpResponseMessage answer) => answer.Headers.Location!.Query["?wc=".Length..];
    }

    [Fact]
    public async Task An_unknown_link_is_not_found()
    {
        using var answer = await OpenAsync(HttpMethod.Get, "AAAAAAAAAAAAAAAAAAAA");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Who_guesses_links_is_slowed_down_and_links_that_exist_still_lead_on_for_everybody_behind_the_address()
    {
        var token = await TokenAsync();
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < LinkMisses.PerMinute + 5; i++)
        {
            using var guess = await OpenAsync(HttpMethod.Get, FormattableString.Invariant($"guess{i:D15}"));
            codes.Add(guess.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, codes[^1]);
        Assert.InRange(codes.Count(code => code == HttpStatusCode.NotFound), 1, LinkMisses.PerMinute);
        using var opened = await OpenAsync(HttpMethod.Get, token, "Mozilla/5.0 (somebody else's phone)");
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
        // The other tests ask from the same address.
        product.Clock.MoveTo(product.Now.AddMinutes(1));
    }

    [Theory]
    [InlineData("/sandbox")]
    [InlineData("/sandbox/books?week=2026-W43")]
    [InlineData("/cgi-bin/gettoken?corpid=wwsandbox00000001&corpsecret=sandbox-app-secret-0000000000000000000000001")]
    public async Task The_sandbox_is_not_served_by_the_product(string path)
    {
        using var there = await product.Http.GetAsync(new Uri(product.Bank.Run.Sandbox.BaseUrl, path));
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
        using var here = await product.Http.GetAsync(new Uri(product.Url, path));
        Assert.False(here.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_is_told_without_a_sign_in(string path, string text)
    {
        var answer = await product.Http.GetStringAsync(new Uri(product.Url, path));
        Assert.StartsWith(text, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_strangers_need_is_open_to_them()
    {
        string[] open = ["/", "api/v1/sales", "health/live", "health/ready", "l/{token}", "metrics", "preferences", "signin", "status/{code:int}", "wecom/callback"];
        var patterns = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct();
        Assert.DoesNotContain(patterns, pattern => !open.Contains(pattern) && !IsAsset(pattern));
        Assert.True(Endpoints().Count(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) > 5);
    }

    [Fact]
    public async Task Every_other_page_asks_a_stranger_to_sign_in()
    {
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
            if (methods is { Count: > 0 } && !methods.Contains("GET"))
            {
                continue;
            }

            var path = endpoint.RoutePattern.RawText!.Replace("{week}", "2026-W43", StringComparison.Ordinal).Replace("{day}", "2026-10-19", StringComparison.Ordinal);
            path = System.Text.RegularExpressions.Regex.Replace(path, "\\{[^}]*\\}", "x", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            using var answer = await product.Http.GetAsync(new Uri(product.Url, "/" + path.TrimStart('/')));
            var asksToSignIn = answer.StatusCode == HttpStatusCode.Unauthorized
                || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/signin", StringComparison.Ordinal));
            Assert.True(asksToSignIn, $"{path} answers {answer.StatusCode} to a stranger.");
        }
    }

    /// <summary>A link of the first day's content, which is planned once for all tests.</summary>
    private async Task<string> TokenAsync()
    {
        var links = product.Services.GetRequiredService<ILinkStore>();
        if ((await links.ListAsync(1, CancellationToken.None)).Count == 0)
        {
            await product.Services.GetRequiredService<DemoStaff>().PlanDayAsync(DemoSettings.FirstMonday, DemoSettings.FirstMonday, CancellationToken.None);
        }

        return (await links.ListAsync(1, CancellationToken.None))[0].Link.Token;
    }

    private IEnumerable<RouteEndpoint> Endpoints() => product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static bool IsAsset(string pattern) => Path.HasExtension(pattern) || pattern.StartsWith("_content/", StringComparison.Ordinal) || pattern.Contains("**", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string token, string userAgent = Phone)
    {
        using var request = new HttpRequestMessage(method, new Uri(product.Url, "/l/" + token));
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return await product.Http.SendAsync(request);
    }
}

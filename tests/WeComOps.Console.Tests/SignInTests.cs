using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using WeComOps.Access;
using WeComOps.Console.Security;

namespace WeComOps.Console.Tests;

public sealed class SignInTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static People PeopleWith(string? key) => new(Options.Create(new AccessOptions { AdministratorKey = key }));

    [Theory]
    [InlineData(ConsoleHost.Key, true)]
    [InlineData(ConsoleHost.Key + " ", false)]
    [InlineData("a-long-administrator-key-of-the-test", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_exact_key_opens(string? given, bool opens) => Assert.Equal(opens, PeopleWith(ConsoleHost.Key).IsAdministratorKey(given));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    public void Without_a_long_key_nothing_opens(string? configured) => Assert.False(PeopleWith(configured).IsAdministratorKey(configured));

    [Fact]
    public void A_changed_key_ends_the_session()
    {
        var before = PeopleWith(ConsoleHost.Key);
        var session = before.PrincipalOf(before.Find(People.AdministratorId)!, "test");

        Assert.NotNull(before.Current(session));
        Assert.Null(PeopleWith("another-long-administrator-key-entirely").Current(session));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", null, true)]
    [InlineData("::1", "localhost", null, true)]
    [InlineData("10.1.2.3", "127.0.0.1", null, false)]
    [InlineData("127.0.0.1", "evil.example", null, false)]
    [InlineData("127.0.0.1", "127.0.0.1", "10.1.2.3", false)]
    [InlineData(null, "127.0.0.1", null, false)]
    public void The_role_switch_is_for_this_machine_only(string? remote, string host, string? forwarded, bool isLocal)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        context.Request.Host = new HostString(host);
        if (forwarded is not null)
        {
            context.Request.Headers["X-Forwarded-For"] = forwarded;
        }

        Assert.Equal(isLocal, Loopback.IsLocal(context));
    }

    [Fact]
    public async Task A_post_without_the_token_is_refused()
    {
        using var browser = console.Browser();

        using var answer = await browser.PostAsync(
            new Uri("/signin?handler=Become", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("id", SampleBank.Manager.Id)]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_return_address_elsewhere_is_not_followed()
    {
        using var browser = console.Browser();

        using var answer = await ConsoleFixture.PostAsync(browser, "/signin", "/signin?handler=Become", ("id", SampleBank.Manager.Id), ("returnUrl", "https://evil.example/"));

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var browser = console.Browser();

        using var answer = await ConsoleFixture.PostAsync(browser, "/signin", "/signin?handler=Become", ("id", SampleBank.Manager.Id));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("wecomops=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }
}

using System.Net;
using WeComOps.Console.Security;

namespace WeComOps.Console.Tests;

/// <summary>By itself: it uses up the attempts of its console.</summary>
public sealed class SignInLimitTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task After_ten_wrong_keys_in_a_minute_even_the_right_one_waits()
    {
        using var browser = console.Browser();
        for (var i = 0; i < SignInAttempts.PerMinute; i++)
        {
            using var wrong = await ConsoleFixture.PostAsync(browser, "/signin", "/signin?handler=Key", ("key", "wrong"));
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var right = await ConsoleFixture.PostAsync(browser, "/signin", "/signin?handler=Key", ("key", ConsoleHost.Key));

        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
    }
}

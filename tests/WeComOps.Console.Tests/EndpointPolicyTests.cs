using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace WeComOps.Console.Tests;

public sealed class EndpointPolicyTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static readonly string[] OpenPages = ["signin", "preferences", "status/{code:int}"];

    private RouteEndpoint[] Endpoints() => [.. console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    [Fact]
    public void Every_endpoint_names_a_policy_or_says_that_it_is_open()
    {
        var endpoints = Endpoints();

        Assert.True(endpoints.Length > 15);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null),
            $"{endpoint.RoutePattern.RawText} names no policy."));
    }

    [Fact]
    public void Only_sign_in_preferences_status_pages_and_files_are_open()
    {
        var open = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => !route.StartsWith("lib/", StringComparison.Ordinal) && !route.StartsWith("console", StringComparison.Ordinal) && !route.StartsWith("favicon", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(open.Except(OpenPages, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/instructions")]
    [InlineData("/templates/new")]
    [InlineData("/questions")]
    [InlineData("/settings")]
    [InlineData("/no-such-page")]
    public async Task A_stranger_is_sent_to_the_sign_in(string path)
    {
        using var browser = console.Browser();

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/signin", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_without_a_session_gets_401_and_no_redirect()
    {
        using var browser = console.Browser();

        using var answer = await browser.GetAsync(new Uri("/api/v1/scorecards/2026-W46", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}

using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace WeComOps.Host.Tests.Nodes;

/// <summary>Real processes on one PostgreSQL: what one of them leaves another takes up, and nobody needs to know which one answers.</summary>
public sealed partial class ManyNodesTests(Cluster cluster) : IClassFixture<Cluster>
{
    private const string FirstCallOfAJob = "/cgi-bin/department/list";
    private const string TokenCall = "/cgi-bin/gettoken";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_job_of_a_killed_node_runs_on_another_within_15_seconds()
    {
        await using var wecom = await TellingWeCom.StartAsync();
        wecom.Silent = FirstCallOfAJob;
        var database = await cluster.CreateDatabaseAsync();

        // On a new database the directory is read at once; this node will never end that.
        await using var first = await cluster.StartAsync(database, wecom, "worker");
        await wecom.CalledAsync(FirstCallOfAJob, 1, Patience);
        await using var second = await cluster.StartAsync(database, wecom, "worker");
        Assert.Equal(1, wecom.Calls(FirstCallOfAJob));

        wecom.Silent = null;
        await first.KillAsync();
        var since = Stopwatch.StartNew();
        await wecom.CalledAsync(FirstCallOfAJob, 2, Patience);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(15), $"It took {since.Elapsed}. {second.Said}");

        // Both asked WeCom for a token, and one was fetched.
        Assert.Equal(1, wecom.Calls(TokenCall));
    }

    [Fact]
    public async Task Nodes_do_what_their_roles_say_and_share_a_sign_in()
    {
        await using var wecom = await TellingWeCom.StartAsync();
        var database = await cluster.CreateDatabaseAsync();
        var nodes = await Task.WhenAll(new[] { "callback", "web", "web", "worker" }.Select(roles => cluster.StartAsync(database, wecom, roles)));
        try
        {
            using var browser = new HttpClient(
                new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true, UseProxy = false });
            async Task<HttpStatusCode> StatusAsync(ServedNode node, string path)
            {
                using var answer = await browser.GetAsync(new Uri(node.Address, path));
                return answer.StatusCode;
            }

            var (callback, web, otherWeb, worker) = (nodes[0], nodes[1], nodes[2], nodes[3]);
            foreach (var node in nodes)
            {
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(node, "/health/ready"));
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(node, "/metrics"));
            }

            Assert.Equal(
                [HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
                [
                    await StatusAsync(callback, "/wecom/callback?msg_signature=x&timestamp=1&nonce=1&echostr=x"), await StatusAsync(web, "/wecom/callback"),
                    await StatusAsync(otherWeb, "/l/AAAAAAAAAAAAAAAAAAAA"), await StatusAsync(worker, "/wecom/callback"),
                ]);
            Assert.Equal(
                [HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound],
                [await StatusAsync(callback, "/signin"), await StatusAsync(web, "/signin"), await StatusAsync(otherWeb, "/signin"), await StatusAsync(worker, "/signin")]);

            // A form from one node sent to the other, and then a page from the first.
            var form = await browser.GetStringAsync(new Uri(web.Address, "/signin"));
            using var signedIn = await browser.PostAsync(new Uri(otherWeb.Address, "/signin?handler=Key"), new FormUrlEncodedContent(
            [
                KeyValuePair.Create("key", Cluster.Key),
                KeyValuePair.Create("__RequestVerificationToken", Token().Match(form).Groups["token"].Value),
            ]));
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(web, "/settings"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(otherWeb, "/settings"));
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}

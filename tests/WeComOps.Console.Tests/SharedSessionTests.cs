using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Access;

namespace WeComOps.Console.Tests;

/// <summary>Several consoles, one store: whoever signed in at one is signed in at the others.</summary>
public sealed class SharedSessionTests : IAsyncLifetime
{
    private const string Secret = "WeCom:Secret";

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("console-tests-");
    private readonly ManualClock _clock = new(SampleData.Now);
    private readonly KeptKeys _keys = new();
    private readonly List<WebApplication> _nodes = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_sign_in_at_one_node_is_good_at_another()
    {
        var here = await StartAsync("here", "the-app-secret");
        var there = await StartAsync("there", "the-app-secret");
        using var browser = await SignedInAsync(here);

        using var known = await browser.GetAsync(new Uri(there, "/templates"));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Single(_keys.Elements);
    }

    [Fact]
    public async Task A_form_of_one_node_may_be_sent_to_another()
    {
        var here = await StartAsync("here", "the-app-secret");
        var there = await StartAsync("there", "the-app-secret");
        using var browser = Browser();
        var token = ConsoleFixture.TokenOf(await browser.GetStringAsync(new Uri(here, "/signin")));

        using var answer = await browser.PostAsync(new Uri(there, "/signin?handler=Become"), new FormUrlEncodedContent(
            [KeyValuePair.Create("id", SampleBank.Manager.Id), KeyValuePair.Create("__RequestVerificationToken", token)]));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_store_agree_on_one_key()
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(node => StartAsync($"node{node}", "the-app-secret")));
        Assert.Single(_keys.Elements);
        using var browser = await SignedInAsync(nodes[0]);
        foreach (var node in nodes)
        {
            using var answer = await browser.GetAsync(new Uri(node, "/templates"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_store_holds_no_key_that_it_could_use()
    {
        await StartAsync("here", "the-app-secret");
        var element = Assert.Single(_keys.Elements);
        Assert.Contains("KeyOpener", element, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", element, StringComparison.Ordinal);
        Assert.DoesNotContain("the-app-secret", element, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_change_of_the_secret_everybody_signs_in_once_more()
    {
        var before = await StartAsync("before", "the-app-secret");
        using var browser = await SignedInAsync(before);
        var after = await StartAsync("after", "another-app-secret");
        Assert.Equal(2, _keys.Elements.Count);

        using var refused = await browser.GetAsync(new Uri(after, "/templates"));
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        using var again = await SignedInAsync(after);
        using var known = await again.GetAsync(new Uri(after, "/templates"));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    private static HttpClient Browser() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true, UseProxy = false });

    private static async Task<HttpClient> SignedInAsync(Uri node)
    {
        var browser = Browser();
        var token = ConsoleFixture.TokenOf(await browser.GetStringAsync(new Uri(node, "/signin")));
        using var answer = await browser.PostAsync(new Uri(node, "/signin?handler=Become"), new FormUrlEncodedContent(
            [KeyValuePair.Create("id", SampleBank.Manager.Id), KeyValuePair.Create("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    private async Task<Uri> StartAsync(string name, string secret)
    {
        var node = ConsoleHost.Build(_clock, System.IO.Path.Combine(_directory.FullName, name), "http://127.0.0.1:0", configure: builder =>
        {
            builder.Configuration[Secret] = secret;
            // One process may write to a SQLite file: what the nodes share is beside it.
            builder.Services.AddSingleton<ISessionKeyStore>(_keys);
        });
        lock (_nodes)
        {
            _nodes.Add(node);
        }

        await node.StartAsync();
        return new Uri(node.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private sealed class KeptKeys : ISessionKeyStore
    {
        private readonly Lock _lock = new();
        private readonly List<string> _elements = [];

        public IReadOnlyList<string> Elements
        {
            get
            {
                lock (_lock)
                {
                    return [.. _elements];
                }
            }
        }

        public Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Elements);

        public Task<bool> AddAsync(int place, string name, string xml, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                if (place != _elements.Count + 1)
                {
                    return Task.FromResult(false);
                }

                _elements.Add(xml);
                return Task.FromResult(true);
            }
        }
    }
}

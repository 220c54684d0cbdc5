using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeComOps.Sandbox.Api;
using WeComOps.Sandbox.Books;
using WeComOps.Sandbox.Pages;
using WeComOps.Sandbox.Story;
using WeComOps.Sandbox.Wire;

namespace WeComOps.Sandbox;

/// <summary>
/// A simulated WeCom tenant with a simulated bank behind it, on a loopback port of its own. Its time is the given clock's; what is due
/// happens when <see cref="RunDueAsync"/> is called.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly World _world;
    private readonly Storyteller _story;
    private readonly CallbackSender _sender;
    private readonly Outside _outside;
    private readonly BookKeeper _books;

    private SandboxServer(WebApplication app, HttpClient http, World world, Storyteller story, CallbackSender sender, Outside outside, BookKeeper books)
    {
        (_app, _http, _world, _story, _sender, _outside, _books) = (app, http, world, story, sender, outside, books);
        BaseUrl = world.BaseUrl;
    }

    /// <summary>Where the API is served: scheme, host and port of loopback.</summary>
    public Uri BaseUrl { get; }

    /// <summary>When the next planned event is due; null when nothing more is planned.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_world.Gate) return _world.Agenda.NextDue;
        }
    }

    /// <summary>Starts a tenant as it is on the morning of the first Monday.</summary>
    /// <exception cref="ArgumentException">An option is not usable.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        Check(options);
        var world = new World(options, clock);
        // No redirects: a click ends at the redirect, whose target is not ours to call. No proxy: everything is loopback.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        var http = new HttpClient(handler, disposeHandler: true) { Timeout = TimeSpan.FromSeconds(100) };
        var sender = new CallbackSender(http, new CallbackCrypto(options.CallbackToken, options.EncodingAesKey, options.CorpId), options, clock);
        var outside = new Outside(http, options, clock);
        var story = new Storyteller(world, sender, outside);
        var books = new BookKeeper(world);
        var router = new ApiRouter(world, story);
        var surface = new Surface(world, router, books, new Playground(world, story));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production", Args = [] });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.Run(surface.ServeAsync);
        await app.StartAsync(cancellationToken);
        world.BaseUrl = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new SandboxServer(app, http, world, story, sender, outside, books);
    }

    /// <summary>Verifies the callback URL <c>/wecom/callback</c> of the product; from then on callbacks, clicks and sales go to the product.</summary>
    /// <exception cref="InvalidOperationException">The product did not answer the echo.</exception>
    public async Task ConnectAsync(Uri productBaseUrl, CancellationToken cancellationToken)
    {
        var callback = new Uri(productBaseUrl, "/wecom/callback");
        await _sender.VerifyAsync(callback, cancellationToken);
        lock (_world.Gate)
        {
            _story.Callbacks.Target = callback;
            _outside.Product = productBaseUrl;
        }
    }

    /// <summary>Runs everything due at or before the clock's time, in order; returns when every callback of it was answered, every link opened, every sale reported.</summary>
    public Task RunDueAsync(CancellationToken cancellationToken) => _story.RunDueAsync(cancellationToken);

    /// <summary>What really happened in an ISO week such as 2026-W46, counted by the sandbox itself.</summary>
    /// <exception cref="ArgumentException">The text is no ISO week.</exception>
    public string BooksJson(string week) => _books.Week(week) ?? throw new ArgumentException("An ISO week such as 2026-W46 is needed.", nameof(week));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _story.Dispose();
    }

    private static void Check(SandboxOptions options)
    {
        if (options.FirstMonday.DayOfWeek != DayOfWeek.Monday) throw new ArgumentException("FirstMonday must be a Monday.", nameof(options));
        if (options.Advisors is < 1 or > 999) throw new ArgumentException("Advisors must be between 1 and 999.", nameof(options));
        if (options.FriendsPerAdvisor is < 10 or > 20_000) throw new ArgumentException("FriendsPerAdvisor must be between 10 and 20,000.", nameof(options));
        if (options.Weeks is < 1 or > 52) throw new ArgumentException("Weeks must be between 1 and 52.", nameof(options));
        if (!options.SalesSigningSecret.StartsWith("whsec_", StringComparison.Ordinal)) throw new ArgumentException("SalesSigningSecret must start with whsec_.", nameof(options));
    }
}

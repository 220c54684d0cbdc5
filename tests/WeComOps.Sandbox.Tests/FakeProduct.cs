using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WeComOps.Sandbox.Wire;

namespace WeComOps.Sandbox.Tests;

/// <summary>The smallest product there can be: it answers callbacks, redirects links and takes sales, and remembers all of it.</summary>
internal sealed class FakeProduct : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CallbackCrypto _crypto;
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _clicks;

    private FakeProduct(WebApplication app, SandboxOptions options)
    {
        _app = app;
        _crypto = new CallbackCrypto(options.CallbackToken, options.EncodingAesKey, options.CorpId);
    }

    public Uri Url => new(_app.Urls.First());

    public ConcurrentQueue<XElement> Callbacks { get; } = new();

    public ConcurrentQueue<(string Id, string Body, string Signed)> Sales { get; } = new();

    public ConcurrentQueue<(string Method, string Agent, string Path)> Opened { get; } = new();

    /// <summary>HTTP status for callbacks.</summary>
    public int CallbackStatus { get; set; } = 200;

    public int BadSignatures => _failures.GetValueOrDefault("signature");

    public static async Task<FakeProduct> StartAsync(SandboxOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var product = new FakeProduct(app, options);
        app.Run(product.ServeAsync);
        await app.StartAsync();
        return product;
    }

    public IEnumerable<XElement> Events(string change) => Callbacks.Where(xml => (string?)xml.Element("ChangeType") == change);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/wecom/callback" when context.Request.Method == "GET":
                await context.Response.WriteAsync(_crypto.Decrypt(context.Request.Query["echostr"].ToString()) ?? "");
                break;
            case "/wecom/callback":
                await TakeCallbackAsync(context);
                break;
            case "/api/v1/sales":
                Sales.Enqueue((context.Request.Headers["webhook-id"].ToString(), await BodyAsync(context), context.Request.Headers["webhook-timestamp"] + " " + context.Request.Headers["webhook-signature"]));
                break;
            case { } path when path.StartsWith("/l/", StringComparison.Ordinal):
                Opened.Enqueue((context.Request.Method, context.Request.Headers.UserAgent.ToString(), path));
                context.Response.Redirect($"https://shop.example.com/p/fund/steady-1?wc=c{Interlocked.Increment(ref _clicks)}");
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private async Task TakeCallbackAsync(HttpContext context)
    {
        var encrypted = XElement.Parse(await BodyAsync(context)).Element("Encrypt")!.Value;
        var query = context.Request.Query;
        if (query["msg_signature"] != _crypto.Sign(query["timestamp"].ToString(), query["nonce"].ToString(), encrypted)) _failures.AddOrUpdate("signature", 1, static (_, count) => count + 1);
        Callbacks.Enqueue(XElement.Parse(_crypto.Decrypt(encrypted)!));
        context.Response.StatusCode = CallbackStatus;
    }

    private static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeComOps.Inbox;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom.Tests.Callback;

/// <summary>The endpoint on a real server on loopback, with an intake that remembers.</summary>
internal sealed class CallbackHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CallbackHost(WebApplication app, MemoryIntake intake, ManualClock clock)
    {
        _app = app;
        Intake = intake;
        Clock = clock;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public MemoryIntake Intake { get; }

    public ManualClock Clock { get; }

    public HttpClient Client { get; }

    public IMeterFactory Meters => _app.Services.GetRequiredService<IMeterFactory>();

    public string Now => Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<CallbackHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var intake = new MemoryIntake();
        var clock = new ManualClock(ManualClock.Start);
        builder.Configuration.AddInMemoryCollection(TestSettings.Valid());
        builder.Configuration.AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IIntake>(intake);
        builder.Services.AddWeCom(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        app.MapWeComCallback();
        await app.StartAsync();
        return new CallbackHost(app, intake, clock);
    }

    /// <summary>Posts a message as WeCom does.</summary>
    public Task<HttpResponseMessage> PostAsync(string message, CallbackCrypto? crypto = null, string? timestamp = null)
    {
        crypto ??= new CallbackCrypto(Vectors.Token, Vectors.Key, Vectors.Corp);
        return PostCipherAsync(crypto.Encrypt(message), crypto, timestamp);
    }

    /// <summary>Posts a ciphertext, rightly signed.</summary>
    public Task<HttpResponseMessage> PostCipherAsync(string cipher, CallbackCrypto? crypto = null, string? timestamp = null)
    {
        crypto ??= new CallbackCrypto(Vectors.Token, Vectors.Key, Vectors.Corp);
        timestamp ??= Now;
        return PostBodyAsync(Envelope(cipher), crypto.Sign(timestamp, "nonce", cipher), timestamp);
    }

    public Task<HttpResponseMessage> PostBodyAsync(string body, string signature, string? timestamp = null) =>
        Client.PostAsync(
            new Uri($"/wecom/callback?msg_signature={signature}&timestamp={timestamp ?? Now}&nonce=nonce", UriKind.Relative),
            new StringContent(body, Encoding.UTF8, "text/xml"));

    public static string Envelope(string cipher) =>
        $"<xml><ToUserName><![CDATA[{Vectors.Corp}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[{cipher}]]></Encrypt></xml>";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    internal sealed class MemoryIntake : IIntake
    {
        public ConcurrentQueue<ReceivedMessage> Stored { get; } = new();

        public Exception? Failure { get; set; }

        public Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                return Task.FromException(Failure);
            }

            Stored.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}

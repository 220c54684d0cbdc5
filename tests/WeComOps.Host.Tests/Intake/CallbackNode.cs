using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WeComOps.Host.Demo;
using WeComOps.Host.Tests.Web;
using WeComOps.Host.Web;
using WeComOps.Inbox;
using WeComOps.Sandbox;
using WeComOps.Storage.Spill;

namespace WeComOps.Host.Tests.Intake;

/// <summary>The product as <c>serve</c> runs it, without its workers: nothing happens to a callback but that it is kept.</summary>
internal sealed class CallbackNode : IAsyncDisposable
{
    public static readonly SandboxOptions Tenant = new();
    public static readonly DateTimeOffset Start = new(2026, 11, 16, 1, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;

    private CallbackNode(WebApplication app, VirtualClock clock)
    {
        (_app, Clock) = (app, clock);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public VirtualClock Clock { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public StoppableStore Store => Services.GetRequiredService<StoppableStore>();

    public CallbackForge Forge => new(Tenant, Clock.GetUtcNow());

    public static async Task<CallbackNode> StartAsync(string folder, params (string Name, string Value)[] settings)
    {
        var clock = new VirtualClock(Start);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "wecomops" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["WeCom:ApiBaseUrl"] = "http://127.0.0.1:9",
            ["WeCom:CorpId"] = Tenant.CorpId,
            ["WeCom:AgentId"] = "1000002",
            ["WeCom:Secret"] = Tenant.Secret,
            ["WeCom:Callback:Token"] = Tenant.CallbackToken,
            ["WeCom:Callback:EncodingAesKey"] = Tenant.EncodingAesKey,
            ["Storage:ConnectionString"] = "Data Source=" + Path.Combine(folder, "wecomops.db"),
            ["Links:PublicBaseUrl"] = "http://127.0.0.1:1",
            ["Links:AllowedHosts:0"] = "shop.bank.example",
            ["Sales:SigningSecret"] = Tenant.SalesSigningSecret,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)));
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.AddSingleton<StoppableStore>();
        builder.Services.AddSingleton<IMessageLog>(provider => provider.GetRequiredService<StoppableStore>());
        builder.AddWeComOpsHost();
        var app = builder.Build();
        app.UseWeComOps();
        try
        {
            await app.StartAsync();
            return new CallbackNode(app, clock);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async Task<HttpStatusCode> PostAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    public Task<HttpStatusCode> PostAsync(string message) => PostAsync(Forge.Post(Http.BaseAddress!, message));

    public string Text(long id, string text = "客户问：网点周六开门吗？") => Forge.Message("adv_001", text, id);

    /// <summary>What the store holds, in the order in which it will be handled.</summary>
    public Task<IReadOnlyList<ReceivedMessage>> StoredAsync() => Services.GetRequiredService<IInboxStore>().UnroutedAsync(10_000, CancellationToken.None);

    public async Task<string> ReadyAsync() => await Http.GetStringAsync("/health/ready");

    public async Task ReplayAsync()
    {
        while (await Services.GetRequiredService<SpillCircuit>().ReplayAsync(CancellationToken.None))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

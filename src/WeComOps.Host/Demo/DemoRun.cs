using System.Globalization;
using System.Net;
using CsvHelper;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WeComOps.Access;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Host.Jobs;
using WeComOps.Host.Web;
using WeComOps.Primitives;
using WeComOps.Sandbox;
using WeComOps.Scorecard;

namespace WeComOps.Host.Demo;

/// <summary>
/// The simulated bank and the product beside it, in one process on loopback, over real HTTP and real encryption. The
/// product is the one that <c>serve</c> runs; only clock, randomness, people and the pace of its jobs are the demo's.
/// </summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private readonly DemoSettings _settings;
    private readonly VirtualClock _clock;
    private readonly SandboxServer _sandbox;
    private readonly WebApplication _app;
    private readonly HttpClient _sandboxHttp;

    private DemoRun(DemoSettings settings, VirtualClock clock, SandboxServer sandbox, WebApplication app, HttpClient sandboxHttp)
    {
        (_settings, _clock, _sandbox, _app, _sandboxHttp) = (settings, clock, sandbox, app, sandboxHttp);
        LastWeek = ScoreWeek.Of(DemoSettings.FirstMonday.AddDays(7 * (settings.Weeks - 1)));
    }

    public ScoreWeek LastWeek { get; }

    public IServiceProvider Services => _app.Services;

    public SandboxServer Sandbox => _sandbox;

    public Uri ConsoleUrl => AddressOf(_app);

    public static async Task<DemoRun> StartAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        var clock = new VirtualClock(ShanghaiTime.At(DemoSettings.FirstMonday.AddDays(-1), new TimeOnly(18, 0)));
        var sandbox = await SandboxServer.StartAsync(settings.Sandbox, clock, cancellationToken);
        var app = Build(settings, clock, sandbox);
        var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        var run = new DemoRun(settings, clock, sandbox, app, http);
        try
        {
            await app.StartAsync(cancellationToken);
            await sandbox.ConnectAsync(run.ConsoleUrl, cancellationToken);
            await run.PrepareAsync(cancellationToken);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lives through the weeks, up to the closing of the last one; reports the share done, 0 to 1.</summary>
    public async Task LiveAsync(IProgress<(double Share, DateTimeOffset Now)>? progress, CancellationToken cancellationToken)
    {
        var stepper = new DemoStepper(
            _clock, _sandbox, Services.GetRequiredService<WorkCycle>(), Services.GetRequiredService<JobTable>(), Services.GetRequiredService<JobRunner>(),
            Services.GetRequiredService<DemoStaff>(), DemoSettings.FirstMonday, DemoSettings.FirstMonday.AddDays(7 * _settings.Weeks));
        await stepper.RunAsync(progress, cancellationToken);
    }

    public async Task<StoredScorecard> ScorecardAsync(ScoreWeek week, CancellationToken cancellationToken) =>
        await Services.GetRequiredService<IScorecardStore>().LatestAsync(week, cancellationToken)
        ?? throw new InvalidOperationException($"There is no scorecard of {week}.");

    /// <summary>Stays up in real time, so that a person can play; until cancelled.</summary>
    public async Task StayAsync(CancellationToken cancellationToken)
    {
        _clock.Run();
        var cycle = Services.GetRequiredService<WorkCycle>();
        var jobs = Services.GetRequiredService<JobTable>();
        var runner = Services.GetRequiredService<JobRunner>();
        var lookedAt = _clock.GetNow();
        while (true)
        {
            await _sandbox.RunDueAsync(cancellationToken);
            await cycle.DrainAsync(cancellationToken);
            var now = _clock.GetNow();
            foreach (var job in jobs.Jobs)
            {
                if (job.NextAfter(lookedAt) is var due && due <= now)
                {
                    await runner.RunAsync(job, due, cancellationToken);
                }
            }

            lookedAt = now;
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What runs beside the server ends in order; disposed of alone, it would be reported as failed.
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _sandbox.DisposeAsync();
        _sandboxHttp.Dispose();
    }

    private static WebApplication Build(DemoSettings settings, VirtualClock clock, SandboxServer sandbox)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "wecomops" });
        var options = settings.Sandbox;
        var port = settings.Port == 0 ? FreePort() : settings.Port;
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["WeCom:ApiBaseUrl"] = sandbox.BaseUrl.ToString(),
            ["WeCom:CorpId"] = options.CorpId,
            ["WeCom:AgentId"] = options.AgentId.ToString(CultureInfo.InvariantCulture),
            ["WeCom:Secret"] = options.Secret,
            ["WeCom:Callback:Token"] = options.CallbackToken,
            ["WeCom:Callback:EncodingAesKey"] = options.EncodingAesKey,
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = "Data Source=" + Path.Combine(settings.Folder!, "wecomops.db"),
            ["Links:PublicBaseUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["Links:AllowedHosts:0"] = "shop.bank.example",
            ["Sales:SigningSecret"] = options.SalesSigningSecret,
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.AddSingleton<IEntropy>(new SeededEntropy(settings.Seed));
        builder.AddWeComOpsHost();
        builder.Services.Configure<AccessOptions>(access => access.UseDemoPeople(DemoPeople.All));
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DemoStaff>(provider, new HttpClient { BaseAddress = sandbox.BaseUrl }));
        var app = builder.Build();
        app.UseWeComOps();
        return app;
    }

    /// <summary>The address is part of the links in the first text, so the port must be known before the server starts.</summary>
    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What a bank does before the first week: members, customers, the bank's own lists, templates.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Expect(await Services.GetRequiredService<SyncDirectory>().RunAsync(cancellationToken));
        Expect(await Services.GetRequiredService<SyncCustomers>().RunAsync(cancellationToken));

        using (var csv = CsvReader.FromText(await _sandboxHttp.GetStringAsync("/sandbox/bank/customers.csv", cancellationToken)))
        {
            var (_, faults) = await Services.GetRequiredService<ImportCustomers>().ImportAsync(CustomersCsv.Read(csv), DemoPeople.Administrator, cancellationToken);
            Expect(faults.Count == 0 ? null : faults[0]);
        }

        using (var csv = CsvReader.FromText(await _sandboxHttp.GetStringAsync("/sandbox/bank/leave.csv", cancellationToken)))
        {
            await Services.GetRequiredService<RecordLeave>().RecordAsync(CustomersCsv.ReadLeave(csv), DemoPeople.Administrator, cancellationToken);
        }

        await Services.GetRequiredService<DemoStaff>().PrepareTemplatesAsync(Path.Combine(AppContext.BaseDirectory, "templates"), cancellationToken);
    }

    private static void Expect(string? failure)
    {
        if (failure is not null)
        {
            throw new InvalidOperationException(failure);
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Host.Demo;
using WeComOps.Host.Jobs;
using WeComOps.Host.Tests.Demo;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Host.Tests.Web;

/// <summary>The product as it is served, beside a bank that has not begun to live: nothing comes in but what a test sends.</summary>
public sealed class ServedProduct : IAsyncLifetime
{
    private LivedBank? _bank;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    internal LivedBank Bank => _bank!;

    internal IServiceProvider Services => Bank.Run.Services;

    internal Uri Url => Bank.Run.ConsoleUrl;

    internal VirtualClock Clock => (VirtualClock)Services.GetRequiredService<TimeProvider>();

    internal DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    internal CallbackForge Forge => new(Bank.Settings.Sandbox, Now);

    public async ValueTask InitializeAsync() => _bank = await LivedBank.StartAsync(seed: 42, weeks: 1, advisors: 12);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Bank.DisposeAsync();
    }

    internal Task WorkAsync() => Services.GetRequiredService<WorkCycle>().DrainAsync(CancellationToken.None);

    internal async Task<long> MessagesAsync() => (await Services.GetRequiredService<IInboxStore>().CountAsync(CancellationToken.None)).Messages;

    internal async Task<IReadOnlyList<Fact>> FactsAsync(FactKind kind)
    {
        var today = ShanghaiTime.DayOf(Now);
        var facts = new List<Fact>();
        await foreach (var fact in Services.GetRequiredService<ILedger>().ReadAsync(today.AddDays(-30), today.AddDays(30), CancellationToken.None))
        {
            if (fact.Kind == kind)
            {
                facts.Add(fact);
            }
        }

        return facts;
    }

    /// <summary>Reports a sale as the order system does (Standard Webhooks).</summary>
    internal async Task<HttpResponseMessage> SellAsync(string body, string? secret = null, TimeSpan age = default, bool signed = true)
    {
        var timestamp = (Now - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Convert.FromBase64String((secret ?? Bank.Settings.Sandbox.SalesSigningSecret)["whsec_".Length..]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/api/v1/sales")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signed)
        {
            request.Headers.Add("webhook-id", "msg_1");
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_1.{timestamp}.{body}"))));
        }

        return await Http.SendAsync(request);
    }
}

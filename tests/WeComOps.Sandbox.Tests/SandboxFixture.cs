using System.Text;
using System.Text.Json;

namespace WeComOps.Sandbox.Tests;

/// <summary>A sandbox on a virtual clock with a caller of its API; the product is connected when asked for.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    public static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private readonly HttpClient _http = new();
    private string? _token;
    private DateTimeOffset _tokenExpires;

    private SandboxFixture(SandboxServer server, VirtualClock clock, SandboxOptions options, FakeProduct? product) => (Server, Clock, Options, Product) = (server, clock, options, product);

    public SandboxServer Server { get; }

    public VirtualClock Clock { get; }

    public SandboxOptions Options { get; }

    public FakeProduct? Product { get; }

    public HttpClient Http => _http;

    public static async Task<SandboxFixture> StartAsync(SandboxOptions? options = null, bool connect = false)
    {
        options ??= new SandboxOptions { Advisors = 12, FriendsPerAdvisor = 40, Weeks = 1 };
        var clock = new VirtualClock(At("2026-10-19 00:00"));
        var server = await SandboxServer.StartAsync(options, clock, CancellationToken.None);
        var product = connect ? await FakeProduct.StartAsync(options) : null;
        if (product is not null) await server.ConnectAsync(product.Url, CancellationToken.None);
        return new SandboxFixture(server, clock, options, product);
    }

    public static DateTimeOffset At(string shanghai) => new(DateTime.Parse(shanghai, System.Globalization.CultureInfo.InvariantCulture), Shanghai);

    /// <summary>Lives until a time, event by event, as the demo does.</summary>
    public async Task LiveUntilAsync(string shanghai, Func<DateTimeOffset, Task>? atTick = null)
    {
        var end = At(shanghai);
        while (Server.NextDue is { } due && due <= end)
        {
            Clock.MoveTo(due);
            await Server.RunDueAsync(CancellationToken.None);
            if (atTick is not null) await atTick(due);
        }

        Clock.MoveTo(end);
    }

    public async Task<string> TokenAsync()
    {
        if (_token is not null && Clock.GetUtcNow() < _tokenExpires) return _token;
        var answer = await RawAsync(HttpMethod.Get, $"gettoken?corpid={Options.CorpId}&corpsecret={Options.Secret}", null);
        _tokenExpires = Clock.GetUtcNow().AddSeconds(answer.GetProperty("expires_in").GetInt32());
        return _token = answer.GetProperty("access_token").GetString()!;
    }

    public async Task<JsonElement> GetAsync(string path) => await RawAsync(HttpMethod.Get, await WithTokenAsync(path), null);

    public async Task<JsonElement> PostAsync(string path, string json) => await RawAsync(HttpMethod.Post, await WithTokenAsync(path), json);

    public async Task<JsonElement> OkAsync(string path, string json)
    {
        var answer = await PostAsync(path, json);
        Assert.Equal(0, answer.GetProperty("errcode").GetInt32());
        return answer;
    }

    public async Task<JsonElement> RawAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.BaseUrl, "/cgi-bin/" + path));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public async Task<string> PageAsync(string path) => await _http.GetStringAsync(new Uri(Server.BaseUrl, path));

    public JsonElement Books(string week)
    {
        using var document = JsonDocument.Parse(Server.BooksJson(week));
        return document.RootElement.Clone();
    }

    public Task<JsonElement> TellAsync(string user, string text) =>
        OkAsync("message/send", JsonSerializer.Serialize(new { touser = user, agentid = Options.AgentId, msgtype = "text", text = new { content = text } }));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        if (Product is not null) await Product.DisposeAsync();
    }

    private async Task<string> WithTokenAsync(string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}access_token={await TokenAsync()}";
}

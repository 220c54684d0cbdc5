using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WeComOps.WeCom.Api;

namespace WeComOps.WeCom.Tests.Api;

internal sealed record SentRequest(string Verb, string Path, string Query, string? Body);

/// <summary>
/// The client as registered, over a handler that records every request and answers as the test says. Tokens are T1, T2, … in order; a
/// request that nobody prepared an answer for fails the test.
/// </summary>
internal sealed class FakeWeCom : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<SentRequest, Task<HttpResponseMessage>>> _answers = new();
    private readonly ServiceProvider _services;
    private int _tokens;

    public FakeWeCom(params (string Key, string Value)[] settings)
        : this(new FakeSharedStore(), clock: null, settings)
    {
    }

    /// <summary>One of several nodes: its own process, as it were, with what nodes share.</summary>
    public FakeWeCom(FakeSharedStore shared, ManualClock? clock = null, params (string Key, string Value)[] settings)
    {
        Clock = clock ?? new ManualClock(ManualClock.Start);
        var values = TestSettings.Valid();
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ISharedTokens>(shared).AddSingleton<ISharedCalls>(shared);
        services.AddWeCom(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.Replace(ServiceDescriptor.Singleton(new ReadRetries(Clock)));
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => this));
        services.AddHttpClient(nameof(IWeComApi)).ConfigurePrimaryHttpMessageHandler(() => this);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public ManualClock Clock { get; }

    /// <summary>A new client each time, as the factory gives them out; state is shared.</summary>
    public IWeComApi Api => _services.GetRequiredService<IWeComApi>();

    /// <summary>All requests but those for tokens.</summary>
    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    public int TokensFetched => Volatile.Read(ref _tokens);

    /// <summary>Instead of the usual token.</summary>
    public Func<Task<HttpResponseMessage>>? TokenAnswer { get; set; }

    public SentRequest Only => Assert.Single(Requests);

    public FakeWeCom Answer(string body, HttpStatusCode status = HttpStatusCode.OK) => Answer(_ => Task.FromResult(Json(body, status)));

    public FakeWeCom Code(int code) => Answer(FormattableString.Invariant($$"""{"errcode": {{code}}, "errmsg": "message {{code}}"}"""));

    public FakeWeCom Fail(Exception exception) => Answer(_ => Task.FromException<HttpResponseMessage>(exception));

    public FakeWeCom Answer(Func<SentRequest, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, body);
        if (sent.Path == "/cgi-bin/gettoken")
        {
            Assert.Equal("?corpid=wx5823bf96d3bd56c7&corpsecret=secret-of-the-app", sent.Query);
            var number = Interlocked.Increment(ref _tokens);
            return TokenAnswer is { } answer
                ? await answer()
                : Json(FormattableString.Invariant($$"""{"errcode": 0, "errmsg": "ok", "access_token": "T{{number}}", "expires_in": 7200}"""));
        }

        Requests.Enqueue(sent);
        return _answers.TryDequeue(out var prepared)
            ? await prepared(sent).WaitAsync(cancellationToken)
            : throw new InvalidOperationException("No answer was prepared for " + sent.Path);
    }

    protected override void Dispose(bool disposing)
    {
        // The container disposes what it made; the factory must not dispose the handler that the test still reads.
    }
}

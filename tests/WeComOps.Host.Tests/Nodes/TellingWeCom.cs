using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WeComOps.Host.Tests.Nodes;

/// <summary>WeCom as far as nodes need it to be told apart: it counts, tells of each call as it comes, and can leave calls without an answer.</summary>
internal sealed class TellingWeCom : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TellingWeCom(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>What is not answered until its caller is gone.</summary>
    public string? Silent { get; set; }

    public static async Task<TellingWeCom> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var wecom = new TellingWeCom(app);
        app.Run(wecom.AnswerAsync);
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return wecom;
    }

    public int Calls(string path) => _calls.GetValueOrDefault(path);

    /// <summary>Completes when the path has been called so often.</summary>
    public async Task CalledAsync(string path, int times, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            Task next;
            lock (_lock)
            {
                next = _next.Task;
            }

            if (Calls(path) >= times)
            {
                return;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{path} was called {Calls(path)} times within {patience}, not {times}. Called: {string.Join(", ", _calls)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var number = _calls.AddOrUpdate(path, 1, static (_, count) => count + 1);
        lock (_lock)
        {
            _next.SetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (path == Silent)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(path == "/cgi-bin/gettoken"
            ? string.Create(CultureInfo.InvariantCulture, $$"""{"errcode":0,"errmsg":"ok","access_token":"T{{number}}","expires_in":7200}""")
            : """{"errcode":0,"errmsg":"ok","department":[],"follow_user":[],"userlist":[],"group_chat_list":[],"external_contact_list":[]}""");
    }
}

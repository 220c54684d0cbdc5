using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WeComOps.Chaos.Vendor;

/// <summary>
/// WeCom's API as far as the product needs it here, on loopback: lean on purpose. It counts what calls bring about and lets
/// some go wrong after they took effect.
/// </summary>
internal sealed class FakeWeCom : IAsyncDisposable
{
    private readonly Effects _effects;
    private readonly Mishaps _mishaps;
    private readonly Replies _replies;
    private readonly TimeSpan _tooLate;
    private readonly TimeProvider _clock;
    private readonly WebApplication _app;

    /// <param name="tooLate">Longer than the product waits for an answer.</param>
    public FakeWeCom(Effects effects, Mishaps mishaps, TimeSpan tooLate, TimeProvider clock)
    {
        (_effects, _mishaps, _tooLate, _clock) = (effects, mishaps, tooLate, clock);
        _replies = new Replies(effects, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var began = _clock.GetTimestamp();
        var path = context.Request.Path.Value ?? "";
        Effects.Count(_effects.Calls, path);
        var body = HttpMethods.IsPost(context.Request.Method) ? await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) : null;
        var creates = Replies.Creates(path);
        var mishap = path == "/cgi-bin/gettoken" ? Mishap.None : _mishaps.Draw(creates);
        var key = creates ? Replies.KeyOf(body) : "";
        if (creates)
        {
            // A refused token is no answer to the call: the product makes it again with another one.
            _effects.Ask(key, _clock.GetUtcNow(), mishap is not (Mishap.None or Mishap.RefuseToken));
        }

        if (mishap != Mishap.None)
        {
            Effects.Count(_effects.Faults, (creates ? "creating call: " : "read: ") + mishap);
        }

        switch (mishap)
        {
            case Mishap.RefuseToken:
                await WriteAsync(context, Replies.Fail(42001, "access_token expired"));
                return;
            case Mishap.BusyBefore:
                await WriteAsync(context, Replies.Fail(-1, "system busy"));
                return;
            case Mishap.DropBefore:
                context.Abort();
                return;
        }

        var answer = _replies.Answer(path, context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal), body);
        if (answer is null)
        {
            Effects.Count(_effects.UnknownPaths, path);
            answer = Replies.Fail(40066, "invalid url");
        }

        switch (mishap)
        {
            case Mishap.DropAfter:
                context.Abort();
                return;
            case Mishap.ErrorAfter:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case Mishap.LateAfter:
                await Task.Delay(_tooLate, _clock);
                break;
        }

        try
        {
            await WriteAsync(context, answer);
        }
        finally
        {
            if (creates && (context.RequestAborted.IsCancellationRequested || _clock.GetElapsedTime(began) > _tooLate / 4))
            {
                // The machine was busy: the product may not have waited for this answer either.
                _effects.Ask(key, _clock.GetUtcNow(), spoiled: true);
            }
        }
    }

    private static Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Primitives;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

/// <summary>
/// The app's access token (doc 91039): fetched once for all callers on all nodes, refreshed 300 s before it expires, dropped when
/// WeCom refuses it. Kept in memory, shared through the store, where it is sealed with the app's secret. Never logged.
/// </summary>
internal sealed partial class AccessTokens : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(300);

    /// <summary>Repeated wrong secrets block the IP for an hour: a refusal is remembered instead of asked for again.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromSeconds(60);

    /// <summary>Real time between two looks at what another node fetches.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly WeComOptions _options;
    private readonly ISharedTokens _shared;
    private readonly TimeProvider _clock;
    private readonly ILogger<AccessTokens> _logger;
    private readonly Seal _seal;
    private readonly string _app;
    private readonly string _owner = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    private readonly TimeSpan _turnLasts;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Known? _known;

    public AccessTokens(IOptions<WeComOptions> options, ISharedTokens shared, TimeProvider clock, ILogger<AccessTokens> logger)
    {
        (_options, _shared, _clock, _logger) = (options.Value, shared, clock, logger);
        _seal = new Seal(_options.Secret, "access token");
        // A row per secret too: what was refused under an old secret says nothing about the new one.
        _app = $"{_options.CorpId}/{_options.AgentId}/{_seal.Name}";
        // One request and its time-out; a node that needs longer for its retries may be overtaken, which costs a call and harms nothing.
        _turnLasts = TimeSpan.FromSeconds(_options.RequestTimeoutSeconds + 5);
    }

    public void Dispose() => _turn.Dispose();

    /// <returns>The token, or how fetching it ended.</returns>
    public async Task<(string? Value, CallEnd? Failure)> GetAsync(
        Func<WireCall, CancellationToken, Task<CallEnd>> send, CancellationToken cancellationToken)
    {
        if (Holding() is { } known)
        {
            return known.Result;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return Holding() is { } learntMeanwhile ? learntMeanwhile.Result : await ShareAsync(send, cancellationToken);
        }
        catch (Exception exception) when (StoreAway.Is(exception))
        {
            Log.Away(_logger, exception);
            return (null, new CallEnd.Held(StoreAway.Pause, "the store that keeps the access token does not answer"));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets this token on all nodes; another one, fetched meanwhile, stays.</summary>
    public async Task DropAsync(string value, CancellationToken cancellationToken)
    {
        if (_known is not { } known || known.Body != value || Interlocked.CompareExchange(ref _known, null, known) != known)
        {
            return;
        }

        try
        {
            await _shared.DropAsync(_app, known.Version, cancellationToken);
        }
        catch (Exception exception) when (StoreAway.Is(exception))
        {
            // It is still in the store: whoever reads it there is refused, as this node was, and drops it then.
            Log.Away(_logger, exception);
        }
    }

    private async Task<(string? Value, CallEnd? Failure)> ShareAsync(Func<WireCall, CancellationToken, Task<CallEnd>> send, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var stored = await _shared.FindAsync(_app, cancellationToken);
            var now = _clock.GetNow();
            if (stored is { Answer: { } answer } && now < answer.Until && Read(stored.Version, answer) is { } known)
            {
                _known = known;
                return known.Result;
            }

            if (await _shared.TakeTurnAsync(_app, stored?.Version ?? 0, _owner, now, now + _turnLasts, cancellationToken))
            {
                return await FetchAsync(send, cancellationToken);
            }

            if (TimeProvider.System.GetElapsedTime(began) > _turnLasts + TimeSpan.FromSeconds(5))
            {
                return (null, new CallEnd.Held(TimeSpan.FromSeconds(1), "another node is fetching the access token"));
            }

            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<(string? Value, CallEnd? Failure)> FetchAsync(Func<WireCall, CancellationToken, Task<CallEnd>> send, CancellationToken cancellationToken)
    {
        var asked = _clock.GetNow();
        Known? learnt = null;
        CallEnd end;
        try
        {
            end = await send(WireCall.Get("/cgi-bin/gettoken", ("corpid", _options.CorpId), ("corpsecret", _options.Secret)), cancellationToken);
            learnt = Learn(end, asked);
        }
        finally
        {
            learnt = await TellAsync(learnt);
        }

        _known = learnt;
        // Whatever happened to the token's call, the call it was for has not been made.
        return learnt?.Result ?? (null, end as CallEnd.Held ?? new CallEnd.Held(TimeSpan.FromSeconds(10), $"no access token ({end.Kind})"));
    }

    private static Known? Learn(CallEnd end, DateTimeOffset asked)
    {
        switch (end)
        {
            case CallEnd.Answered { Code: 0 } answered when Parse(answered.Body) is { AccessToken: { Length: > 0 } value } reply:
                var life = TimeSpan.FromSeconds(Math.Clamp(reply.ExpiresIn, 0, 86_400));
                return new Known(0, 0, value, asked + (life > Early * 2 ? life - Early : life / 2));
            case CallEnd.Answered { Code: not (0 or ErrorCodes.Busy or ErrorCodes.TooManyAtOnce) } refused:
                return new Known(0, refused.Code, refused.Message, asked + RefusalHolds);
            default:
                return null;
        }
    }

    /// <summary>Gives the turn back; a caller that was cancelled must not make the others wait for its end.</summary>
    private async Task<Known?> TellAsync(Known? learnt)
    {
        var answer = learnt is null ? null : new TokenAnswer(learnt.Code, learnt.Code == 0 ? _seal.Close(learnt.Body, _app) : learnt.Body, learnt.Until);
        try
        {
            var version = await _shared.EndTurnAsync(_app, _owner, answer, CancellationToken.None);
            return learnt is null ? null : learnt with { Version = version ?? 0 };
        }
        catch (Exception exception) when (StoreAway.Is(exception))
        {
            // The token is good for this node; the others ask for one of their own when the turn has run out.
            Log.Away(_logger, exception);
            return learnt;
        }
    }

    private Known? Read(long version, TokenAnswer answer)
    {
        var body = answer.Code == 0 ? _seal.Open(answer.Body, _app) : answer.Body;
        return body is null ? null : new Known(version, answer.Code, body, answer.Until);
    }

    private Known? Holding() => _known is { } known && _clock.GetUtcNow() < known.Until ? known : null;

    private static TokenReply? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WireJson.Wire.TokenReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Version">In the store; 0: not from there.</param>
    /// <param name="Body">The token, or WeCom's message.</param>
    private sealed record Known(long Version, int Code, string Body, DateTimeOffset Until)
    {
        public (string? Value, CallEnd? Failure) Result => Code == 0 ? (Body, null) : (null, new CallEnd.Answered(Code, Body, ""));

        /// <summary>A token is never printed.</summary>
        public override string ToString() => $"access token {Version}";
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 20, Level = LogLevel.Warning, Message = "The store that keeps the access token does not answer")]
        public static partial void Away(ILogger logger, Exception exception);
    }
}

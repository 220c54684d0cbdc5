using System.Text.Json;
using Microsoft.Extensions.Options;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

/// <summary>
/// The app's access token (doc 91039): fetched once for all callers, refreshed 300 s before it expires, dropped when WeCom refuses it.
/// Never logged.
/// </summary>
internal sealed class AccessTokens(IOptions<WeComOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(300);

    /// <summary>Repeated wrong secrets block the IP for an hour: a refusal is remembered instead of asked for again.</summary>
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Token? _token;
    private (CallEnd End, DateTimeOffset Until)? _refusal;

    public void Dispose() => _turn.Dispose();

    /// <returns>The token, or how fetching it ended.</returns>
    public async Task<(string? Value, CallEnd? Failure)> GetAsync(
        Func<WireCall, CancellationToken, Task<CallEnd>> send, CancellationToken cancellationToken)
    {
        if (Valid() is { } known)
        {
            return (known, null);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Valid() is { } fetchedMeanwhile)
            {
                return (fetchedMeanwhile, null);
            }

            if (_refusal is { } refusal && clock.GetUtcNow() < refusal.Until)
            {
                return (null, refusal.End);
            }

            return await FetchAsync(send, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets this token; another one, fetched meanwhile, stays.</summary>
    public void Drop(string value)
    {
        if (_token is { } token && token.Value == value)
        {
            Interlocked.CompareExchange(ref _token, null, token);
        }
    }

    private async Task<(string? Value, CallEnd? Failure)> FetchAsync(
        Func<WireCall, CancellationToken, Task<CallEnd>> send, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        var end = await send(
            WireCall.Get("/cgi-bin/gettoken", ("corpid", options.Value.CorpId), ("corpsecret", options.Value.Secret)), cancellationToken);
        switch (end)
        {
            case CallEnd.Answered { Code: 0 } answered when Parse(answered.Body) is { AccessToken: { Length: > 0 } value } reply:
                var life = TimeSpan.FromSeconds(Math.Clamp(reply.ExpiresIn, 0, 86_400));
                _token = new Token(value, asked + (life > Early * 2 ? life - Early : life / 2));
                _refusal = null;
                return (value, null);
            case CallEnd.Answered { Code: not (0 or ErrorCodes.Busy or ErrorCodes.TooManyAtOnce) }:
                _refusal = (end, asked + RefusalHolds);
                return (null, end);
            default:
                // Whatever happened to the token's call, the call it was for has not been made.
                return (null, end as CallEnd.Held ?? new CallEnd.Held(TimeSpan.FromSeconds(10), $"no access token ({end.Kind})"));
        }
    }

    private string? Valid() => _token is { } token && clock.GetUtcNow() < token.RefreshAt ? token.Value : null;

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

    private sealed record Token(string Value, DateTimeOffset RefreshAt);
}

using Microsoft.Extensions.Logging;

namespace WeComOps.WeCom.Api;

/// <summary>
/// Token, budget, retries and error codes around one call. A creating call is sent once; only an explicit refusal of its token, which
/// precedes acceptance, makes it be sent once more with a fresh one.
/// </summary>
internal sealed partial class Caller(
    Transport transport, AccessTokens tokens, IRateBudget budget, ReadRetries retries, WeComMetrics metrics, ILogger<Caller> logger)
{
    public async Task<CallEnd> CallAsync(WireCall call, CancellationToken cancellationToken)
    {
        var end = await WithTokenAsync(call, cancellationToken);
        if (end is CallEnd.Answered { Code: ErrorCodes.InvalidToken or ErrorCodes.ExpiredToken })
        {
            end = await WithTokenAsync(call, cancellationToken);
        }

        return end;
    }

    private async Task<CallEnd> WithTokenAsync(WireCall call, CancellationToken cancellationToken)
    {
        var (token, failure) = await tokens.GetAsync(
            (fetch, cancel) => retries.RunAsync(inner => SendAsync(fetch, token: null, inner), cancel), cancellationToken);
        if (token is null)
        {
            return failure!;
        }

        var end = call.Creating
            ? await SendAsync(call, token, cancellationToken)
            : await retries.RunAsync(inner => SendAsync(call, token, inner), cancellationToken);
        if (end is CallEnd.Answered { Code: ErrorCodes.InvalidToken or ErrorCodes.ExpiredToken })
        {
            await tokens.DropAsync(token, cancellationToken);
        }

        return end;
    }

    private async Task<CallEnd> SendAsync(WireCall call, string? token, CancellationToken cancellationToken)
    {
        CallEnd end = await budget.TakeAsync(call.Path, cancellationToken) ?? await transport.SendAsync(call, token, cancellationToken);
        switch (end)
        {
            case CallEnd.Answered { Code: ErrorCodes.TooOften }:
                end = await budget.BlockAsync(call.Path, cancellationToken);
                Log.Blocked(logger, call.Path);
                break;
            case CallEnd.Answered answered:
                await budget.UnblockAsync(call.Path, cancellationToken);
                if (answered.Code != 0)
                {
                    Log.Refused(logger, call.Path, answered.Code);
                }

                break;
            case CallEnd.NotSent notSent:
                Log.Failed(logger, call.Path, notSent.Reason);
                break;
            case CallEnd.Lost lost:
                Log.Failed(logger, call.Path, lost.Reason);
                break;
        }

        metrics.CountCall(call.Path, end.Kind);
        return end;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message = "{Path}: WeCom said 45009; the path is blocked for its window")]
        public static partial void Blocked(ILogger logger, string path);

        [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "{Path}: errcode {Code}")]
        public static partial void Refused(ILogger logger, string path, int code);

        [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "{Path}: {Reason}")]
        public static partial void Failed(ILogger logger, string path, string reason);
    }
}

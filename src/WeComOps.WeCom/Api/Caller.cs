using Microsoft.Extensions.Logging;
using WeComOps.Primitives;

namespace WeComOps.WeCom.Api;

/// <summary>
/// Token, budget, retries and error codes around one call. A creating call is sent once; only an explicit refusal of its token, which
/// precedes acceptance, makes it be sent once more with a fresh one. Under a fence it is sent only while the fence is the duty's
/// newest; once sent it is waited for, so that a caller's cancellation means that it was not. Uploads are sent under the same condition.
/// </summary>
/// <param name="duties">Null where nothing works under a fence: then a creating call under one is refused.</param>
internal sealed partial class Caller(
    Transport transport, AccessTokens tokens, IRateBudget budget, ReadRetries retries, IDutyStore? duties, WeComMetrics metrics, ILogger<Caller> logger)
{
    /// <exception cref="FenceLostException">Another node has taken the duty over: the creating call was not sent.</exception>
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
            await tokens.DropAsync(token, CancellationToken.None);
        }

        return end;
    }

    private async Task<CallEnd> SendAsync(WireCall call, string? token, CancellationToken cancellationToken)
    {
        CallEnd end = await budget.TakeAsync(call.Path, cancellationToken)
            ?? (call.IsFenced ? await UnderFenceAsync(call, token, cancellationToken) : await transport.SendAsync(call, token, cancellationToken));
        // The call has been made: what it teaches is noted whoever gives up waiting, and giving up must not look like "not sent".
        switch (end)
        {
            case CallEnd.Answered { Code: ErrorCodes.TooOften }:
                end = await budget.BlockAsync(call.Path, CancellationToken.None);
                Log.Blocked(logger, call.Path);
                break;
            case CallEnd.Answered answered:
                await budget.UnblockAsync(call.Path, CancellationToken.None);
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

    private async Task<CallEnd> UnderFenceAsync(WireCall call, string? token, CancellationToken cancellationToken)
    {
        if (Fence.Current is { } fence)
        {
            try
            {
                if (duties is null || !await duties.HoldsAsync(fence, cancellationToken))
                {
                    throw new FenceLostException($"Another node has taken over '{fence.Duty}' from epoch {fence.Epoch}: {call.Path} was not called.");
                }
            }
            catch (Exception exception) when (StoreAway.Is(exception))
            {
                // Whoever cannot be sure does not call; that nothing was sent is certain.
                return new CallEnd.NotSent($"the fence could not be checked ({exception.GetType().Name})");
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await transport.SendAsync(call, token, call.Creating ? CancellationToken.None : cancellationToken);
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

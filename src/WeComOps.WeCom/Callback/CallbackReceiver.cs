using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeComOps.Inbox;
using WeComOps.Primitives;

namespace WeComOps.WeCom.Callback;

/// <summary>
/// GET answers WeCom's check of the URL; POST stores a message and answers 200 only once it is durable. Bodies of answers are empty but
/// for the echo. Nothing is interpreted here.
/// </summary>
internal sealed partial class CallbackReceiver(
    CallbackGate gate, TimeProvider clock, WeComMetrics metrics, ILogger<CallbackReceiver> logger)
{
    public Task ReceiveAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) ? StoreAsync(context) : EchoAsync(context);

    private async Task EchoAsync(HttpContext context)
    {
        var query = CallbackQuery.From(context.Request.Query);
        // A raw + arrives as a space; Base64 has no spaces, so turning them back is exact.
        var encrypted = CallbackQuery.Single(context.Request.Query, "echostr")?.Replace(' ', '+');
        if (query is null || encrypted is null)
        {
            Refuse(context, CallbackRefusal.MissingParameter);
        }
        else if (!gate.TryOpen(query, encrypted, out var echo, out var refusal))
        {
            Refuse(context, refusal);
        }
        else if (!CallbackGate.IsEcho(echo))
        {
            Refuse(context, CallbackRefusal.NotAnEcho);
        }
        else
        {
            metrics.CountCallback("echoed");
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = echo.Length;
            await context.Response.Body.WriteAsync(echo, context.RequestAborted);
        }
    }

    private async Task StoreAsync(HttpContext context)
    {
        var (message, refusal) = await OpenAsync(context);
        if (message is null)
        {
            Refuse(context, refusal);
            return;
        }

        Milestone.Reach(Milestone.CallbackOpened);
        try
        {
            // Not cancelled when the caller hangs up: this may be WeCom's last try.
            await context.RequestServices.GetRequiredService<IIntake>().StoreAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // WeCom tries again when the connection breaks, but not on every error status: so no answer at all.
            metrics.CountCallback("unstored");
            Log.Unstored(logger, exception, message.Id);
            context.Abort();
            return;
        }

        metrics.CountCallback("stored");
        context.Response.ContentLength = 0;
    }

    private async Task<(ReceivedMessage? Message, CallbackRefusal Refusal)> OpenAsync(HttpContext context)
    {
        if (CallbackQuery.From(context.Request.Query) is not { } query)
        {
            return (null, CallbackRefusal.MissingParameter);
        }

        var now = clock.GetNow();
        if (CallbackGate.CheckTime(query.Timestamp, now) is { } late)
        {
            return (null, late);
        }

        string encrypted;
        try
        {
            using var body = await CallbackBody.ReadAsync(context, HardenedXml.MaxLength);
            if (body is null)
            {
                return (null, CallbackRefusal.TooLarge);
            }

            if (!CallbackGate.TryReadEnvelope(body.Bytes, out encrypted))
            {
                return (null, CallbackRefusal.BadEnvelope);
            }
        }
        catch (BadHttpRequestException exception)
        {
            return (null, exception.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => CallbackRefusal.TooLarge,
                StatusCodes.Status408RequestTimeout => CallbackRefusal.TooSlow,
                _ => CallbackRefusal.BrokenBody,
            });
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return (null, CallbackRefusal.BrokenBody);
        }

        if (!gate.TryOpen(query, encrypted, out var message, out var refusal)
            || !CallbackGate.TryReadMessage(message, out var xml, out refusal))
        {
            return (null, refusal);
        }

        return (new ReceivedMessage(Convert.ToHexStringLower(SHA256.HashData(message)), now, xml), default);
    }

    private void Refuse(HttpContext context, CallbackRefusal refusal)
    {
        metrics.CountCallback(refusal.ToString());
        Log.Refused(logger, refusal);
        context.Response.StatusCode = refusal switch
        {
            CallbackRefusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
            CallbackRefusal.TooSlow => StatusCodes.Status408RequestTimeout,
            CallbackRefusal.Forged or CallbackRefusal.BadTimestamp => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status400BadRequest,
        };
        context.Response.ContentLength = 0;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Callback refused: {Refusal}")]
        public static partial void Refused(ILogger logger, CallbackRefusal refusal);

        [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Callback {MessageId} could not be stored; the connection is closed without an answer so that WeCom tries again")]
        public static partial void Unstored(ILogger logger, Exception exception, string messageId);
    }
}

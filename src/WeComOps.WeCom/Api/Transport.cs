using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

/// <summary>One HTTP exchange. Expected failures are values; only the caller's own cancellation is thrown.</summary>
internal sealed class Transport(HttpClient http)
{
    private const int MaxMessageLength = 300;

    /// <exception cref="OperationCanceledException">The caller gave up: whether the call took effect is not known.</exception>
    public async Task<CallEnd> SendAsync(WireCall call, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, Address(call, token));
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }
        else if (call.File is not null)
        {
            request.Content = MediaForm.Of(call.File);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (int)response.StatusCode >= 500
                ? new CallEnd.Lost(FormattableString.Invariant($"HTTP {(int)response.StatusCode}"), Transient: true)
                : Read(body, (int)response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallEnd.Lost("time-out", Transient: true);
        }
        catch (HttpRequestException exception)
        {
            return NeverConnected(exception)
                ? new CallEnd.NotSent($"no connection ({exception.HttpRequestError})")
                : new CallEnd.Lost($"broken connection ({exception.HttpRequestError})", Transient: true);
        }
        catch (IOException)
        {
            return new CallEnd.Lost("broken connection", Transient: true);
        }
    }

    private static Uri Address(WireCall call, string? token)
    {
        var query = (token is null ? "" : "&access_token=" + Uri.EscapeDataString(token)) + call.Query;
        return new Uri(call.Path + (query.Length == 0 ? "" : "?" + query[1..]), UriKind.Relative);
    }

    private static CallEnd Read(byte[] bytes, int status)
    {
        try
        {
            var body = Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
            if (JsonSerializer.Deserialize(body, WireJson.Wire.WireStatus) is { Errcode: { } code } head)
            {
                var message = head.Errmsg ?? "";
                return new CallEnd.Answered(code, message.Length > MaxMessageLength ? message[..MaxMessageLength] : message, body);
            }
        }
        catch (JsonException)
        {
            // Not WeCom's own answer: a proxy's page, or a body cut short.
        }

        return new CallEnd.Lost(FormattableString.Invariant($"HTTP {status} with a body that is no WeCom answer"), Transient: false);
    }

    private static bool NeverConnected(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        || (exception is { HttpRequestError: HttpRequestError.Unknown, InnerException: SocketException socket }
            && socket.SocketErrorCode is (SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain));
}

using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace WeComOps.WeCom.Callback;

/// <summary>A request body up to a cap, whether or not its length was announced, in a rented buffer.</summary>
internal sealed class CallbackBody : IDisposable
{
    /// <summary>WeCom hangs up after 5 s, so a slower sender is not WeCom and must not hold a connection.</summary>
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(3));
    private const int FirstBuffer = 4 * 1024;

    private byte[] _buffer;
    private int _length;

    private CallbackBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <returns>The body, or null when it is larger than the cap.</returns>
    /// <exception cref="BadHttpRequestException">The body broke off, came too slowly or was larger than the server allows.</exception>
    public static async Task<CallbackBody?> ReadAsync(HttpContext context, int cap)
    {
        if (context.Request.ContentLength > cap)
        {
            return null;
        }

        // The server's own limits may be smaller or larger than ours.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        // Other versions of HTTP have no rate of their own and refuse to be given one; the whole connection has one there.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol)
            && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = Slowest;
        }

        // One more than announced, so that the end is seen without growing.
        var body = new CallbackBody((int)(context.Request.ContentLength ?? FirstBuffer) + 1);
        try
        {
            if (await body.FillAsync(context, cap))
            {
                return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task<bool> FillAsync(HttpContext context, int cap)
    {
        int read;
        while ((read = await context.Request.Body.ReadAsync(_buffer.AsMemory(_length), context.RequestAborted)) > 0)
        {
            _length += read;
            if (_length > cap)
            {
                return false;
            }

            if (_length == _buffer.Length)
            {
                Grow();
            }
        }

        return true;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

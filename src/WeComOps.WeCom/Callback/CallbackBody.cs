using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WeComOps.WeCom.Callback;

/// <summary>Reads a request body up to a cap, whether or not its length was announced.</summary>
internal static class CallbackBody
{
    /// <returns>The body, or null when it is larger than the cap.</returns>
    /// <exception cref="BadHttpRequestException">The body broke off, came too slowly or was larger than the server allows.</exception>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int cap)
    {
        if (context.Request.ContentLength > cap)
        {
            return null;
        }

        // The server's own limit may be smaller or larger than ours; ours is counted below.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > cap)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}

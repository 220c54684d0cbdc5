using WeComOps.Links;

namespace WeComOps.Host.Web;

internal static class LinkEndpoints
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapTrackedLinks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/l/{token}", Methods, FollowAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> FollowAsync(string token, HttpContext context, FollowLink links, LinkMisses misses, CancellationToken cancellationToken)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        var address = context.Connection.RemoteIpAddress;
        var visit = new Visit(token, context.Request.Method, address?.ToString() ?? string.Empty, context.Request.Headers.UserAgent.ToString());
        if (await links.FollowAsync(visit, cancellationToken) is { } destination)
        {
            return Results.Redirect(destination);
        }

        if (misses.Allow(address))
        {
            return Say("这个链接不存在或已失效，请联系您的客户经理。", StatusCodes.Status404NotFound);
        }

        headers.RetryAfter = "60";
        return Say("尝试次数过多，请稍后再试。", StatusCodes.Status429TooManyRequests);
    }

    private static IResult Say(string text, int status) => Results.Text(text, "text/plain; charset=utf-8", statusCode: status);
}

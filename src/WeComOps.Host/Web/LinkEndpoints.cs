using WeComOps.Links;

namespace WeComOps.Host.Web;

internal static class LinkEndpoints
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapTrackedLinks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/l/{token}", Methods, FollowAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> FollowAsync(string token, HttpContext context, FollowLink links, CancellationToken cancellationToken)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        var visit = new Visit(token, context.Request.Method, context.Connection.RemoteIpAddress?.ToString() ?? string.Empty, context.Request.Headers.UserAgent.ToString());
        return await links.FollowAsync(visit, cancellationToken) is { } destination
            ? Results.Redirect(destination)
            : Results.Text("这个链接不存在或已失效，请联系您的客户经理。", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
    }
}

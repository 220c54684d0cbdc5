using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace WeComOps.Console.Security;

/// <summary>Ten attempts a minute and address; looking at the page is free.</summary>
internal static class SignInAttempts
{
    public const int PerMinute = 10;

    public static RateLimitPartition<string> Partition(HttpContext context) => HttpMethods.IsPost(context.Request.Method) && IsKeyAttempt(context)
        ? RateLimitPartition.GetFixedWindowLimiter(
            "key:" + (context.Connection.RemoteIpAddress ?? IPAddress.None),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 })
        : RateLimitPartition.GetNoLimiter("free");

    private static bool IsKeyAttempt(HttpContext context) =>
        string.Equals(context.Request.Query["handler"], "Key", StringComparison.OrdinalIgnoreCase);
}

using System.Net;
using Microsoft.AspNetCore.Http;

namespace WeComOps.Console.Security;

/// <summary>
/// Whether a request comes from this very machine, by a browser that was asked for this very machine: not through a proxy,
/// and not under a foreign name that merely resolves here.
/// </summary>
internal static class Loopback
{
    private static readonly string[] ForwardedHeaders = ["Forwarded", "X-Forwarded-For", "X-Original-For", "X-Real-IP"];

    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && IsLocalName(context.Request.Host.Host)
        && !ForwardedHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsLocalName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

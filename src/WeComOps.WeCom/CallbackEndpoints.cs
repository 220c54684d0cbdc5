using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom;

/// <summary>Where WeCom delivers messages and events (docs 90930, 90968).</summary>
public static class CallbackEndpoints
{
    public const string Path = "/wecom/callback";

    /// <summary>Maps GET and POST of <see cref="Path"/>. The signature is the authentication: no login, no antiforgery token.</summary>
    public static IEndpointConventionBuilder MapWeComCallback(this IEndpointRouteBuilder endpoints)
    {
        var receiver = endpoints.ServiceProvider.GetRequiredService<CallbackReceiver>();
        return endpoints
            .MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], new RequestDelegate(receiver.ReceiveAsync))
            .AllowAnonymous()
            // Sign-in, rate limits and error pages are for people: WeCom's requests go straight to the receiver.
            .ShortCircuit()
            .WithDisplayName("WeCom callback");
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WeComOps.Console.Security;

/// <summary>The session cookie: who, for how long, and what happens to those who may not.</summary>
internal static partial class ConsoleCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string SignInLimit = "sign-in";
    private static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<People>();
        services.AddScoped<Viewer>();
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie.Name = "wecomops";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.Path = "/";
            options.CookieManager = new HostPrefixCookies();
            options.ExpireTimeSpan = Idle;
            options.SlidingExpiration = true;
            // The demo's clock jumps over days; a session is a matter of the person's own time.
            options.TimeProvider = TimeProvider.System;
            options.LoginPath = "/signin";
            options.Events.OnValidatePrincipal = RefreshAsync;
            options.Events.OnRedirectToLogin = AskToSignInAsync;
            options.Events.OnRedirectToAccessDenied = RefuseAsync;
        });
        services.AddAuthorization(ConsolePolicy.Register);
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(SignInLimit, SignInAttempts.Partition);
        });
        return services;
    }

    /// <summary>Roles are looked up at every request: taking one away works at once, in sessions that are open too.</summary>
    private static async Task RefreshAsync(CookieValidatePrincipalContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<People>();
        var person = people.Current(context.Principal);
        var demoOnly = person is not null && person.Id != People.AdministratorId;
        if (person is null || (demoOnly && !Loopback.IsLocal(context.HttpContext)))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
            return;
        }

        context.ReplacePrincipal(people.PrincipalOf(person, Scheme));
    }

    private static Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsProgram(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var viewer = context.HttpContext.RequestServices.GetRequiredService<Viewer>();
        if (context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method) && viewer.IsKnown && Landing.Of(viewer) is var first and not "/")
        {
            context.Response.Redirect(first);
            return Task.CompletedTask;
        }

        Log.Refused(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("WeComOps.Console.Access"), context.Request.Path);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsProgram(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Headers.ContainsKey("HX-Request");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A signed-in person was refused {Path}")]
        public static partial void Refused(ILogger logger, string path);
    }
}

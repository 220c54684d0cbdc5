using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WeComOps.Console;

/// <summary>
/// What people see when something fails: what happened, what was kept, what to do. Programs (<c>/api</c>) get the bare status.
/// </summary>
public static class ConsoleErrors
{
    /// <summary>Answers exceptions with status 500 and refusals with a page of their own. Place it before everything that may fail.</summary>
    public static IApplicationBuilder UseConsoleErrors(this IApplicationBuilder app)
    {
        app.UseWhen(IsPage, pages =>
        {
            pages.UseExceptionHandler("/status/500");
            pages.UseStatusCodePagesWithReExecute("/status/{0}");
        });
        app.UseWhen(context => !IsPage(context), programs => programs.UseExceptionHandler(handler => handler.Run(_ => Task.CompletedTask)));
        return app;
    }

    private static bool IsPage(HttpContext context) => !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/wecom", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/l", StringComparison.Ordinal);
}

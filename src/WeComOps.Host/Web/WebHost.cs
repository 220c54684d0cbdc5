using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.HttpOverrides;
using WeComOps.Console;
using WeComOps.Console.Security;
using WeComOps.Host.Control;
using WeComOps.Host.Jobs;
using WeComOps.Storage;
using WeComOps.Storage.Spill;
using WeComOps.WeCom;

namespace WeComOps.Host.Web;

/// <summary>Puts the parts together; what differs between <c>serve</c> and <c>demo</c> is passed in.</summary>
internal static class WebHost
{
    public static void AddWeComOpsHost(this WebApplicationBuilder builder)
    {
        UseBuiltAssets(builder);
        builder.Services
            .AddStorage(builder.Configuration)
            .AddHostedService<ControlServer>()
            .AddWeCom(builder.Configuration)
            .AddWeComOps(builder.Configuration)
            .AddSingleton<WorkCycle>()
            .AddSingleton<JobTable>()
            .AddSingleton<JobRunner>()
            .AddProblemDetails()
            .AddSingleton<Metrics>();
        NodeRoles.Add(builder.Services, builder.Configuration);
        var roles = NodeRoles.Read(builder.Configuration);
        if (roles.IsCallback)
        {
            builder.Services.AddSpillReplay();
        }

        if (roles.IsWeb)
        {
            builder.Services.AddConsole(builder.Configuration);
            foreach (var (name, cron) in JobTable.Schedule)
            {
                builder.Services.AddSingleton(new ConsoleJob(name, cron));
            }
        }

        // Customers and callbacks come through the bank's reverse proxy on this machine; nobody else may name an address.
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        });
    }

    /// <summary>
    /// A published program finds its scripts and styles in wwwroot; one that runs from its build output finds them where the
    /// build's manifest says.
    /// </summary>
    private static void UseBuiltAssets(WebApplicationBuilder builder)
    {
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        var manifest = Path.Combine(AppContext.BaseDirectory, "wecomops.staticwebassets.runtime.json");
        if (File.Exists(manifest))
        {
            builder.Configuration["staticWebAssets"] = manifest;
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        }
    }

    public static void UseWeComOps(this WebApplication app)
    {
        var roles = app.Services.GetRequiredService<NodeRoles>();
        app.Services.GetRequiredService<Metrics>().Start();
        // The callback ends here: what follows is for people and their browsers. Everything else is looked up again behind it.
        app.UseRouting();
        app.UseForwardedHeaders();
        app.UseExceptionHandler();
        if (roles.IsWeb)
        {
            app.UseConsole();
            app.MapConsole(Path.Combine(AppContext.BaseDirectory, "wecomops.staticwebassets.endpoints.json"));
        }
        else
        {
            app.UseSecurityHeaders();
        }

        if (roles.IsCallback)
        {
            app.MapWeComCallback();
            app.MapTrackedLinks();
            app.MapSales();
        }

        app.MapHealth();
        app.MapMetrics();
    }
}

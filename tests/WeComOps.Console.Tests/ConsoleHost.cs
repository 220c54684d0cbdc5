using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Access;
using WeComOps.Primitives;
using WeComOps.Storage;

namespace WeComOps.Console.Tests;

/// <summary>The console on a port of its own, over a store in a file of its own.</summary>
internal static class ConsoleHost
{
    public const string Key = "a-long-administrator-key-of-the-tests";

    public static WebApplication Build(TimeProvider clock, string directory, string url, bool demo = true, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ConsoleHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = "Data Source=" + Path.Combine(directory, "console.db"),
            ["Links:PublicBaseUrl"] = "http://127.0.0.1:1",
            ["Links:AllowedHosts:0"] = "m.bank.example",
            ["Access:AdministratorKey"] = Key,
            ["Sales:SigningSecret"] = "whsec_" + Convert.ToBase64String(new byte[32]),
            ["ReloadStaticAssetsAtRuntime"] = "false",
        });
        builder.Logging.ClearProviders();
        // The console never calls WeCom, so nothing speaks it here; what would is not built.
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (false, true));
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton(clock);
        builder.Services.AddWeComOps(builder.Configuration).AddStorage(builder.Configuration).AddConsole(builder.Configuration);
        if (demo)
        {
            builder.Services.PostConfigure<AccessOptions>(options => options.UseDemoPeople(SampleBank.People));
        }

        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseConsole();
        app.MapConsole();
        return app;
    }
}

using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;
using WeComOps.Access;
using WeComOps.Console.Api;
using WeComOps.Console.Cards;
using WeComOps.Console.Language;
using WeComOps.Console.Naming;
using WeComOps.Console.Pages;
using WeComOps.Console.Progress;
using WeComOps.Console.Security;
using WeComOps.Console.Studio;

namespace WeComOps.Console;

/// <summary>
/// The web console. Needs the product (<c>AddWeComOps</c>), the stores and a template engine. Every endpoint of the host that
/// is meant for strangers must say <c>AllowAnonymous</c>: the console's fallback policy asks for a signed-in person.
/// </summary>
public static class ConsoleModule
{
    public static IServiceCollection AddConsole(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.SectionName));
        services.AddHttpContextAccessor();
        services.AddConsoleKeys();
        services.AddSignIn();
        services.AddScoped<Texts>();
        services.AddScoped<ConsoleContext>();
        services.AddSingleton<NameBook>();
        services.AddSingleton<CardShelf>();
        services.AddSingleton<ProgressReader>();
        services.AddSingleton<LintShelf>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "wecomops-forgery";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        // Chinese is written as it is, not as entities: pages are read by people and searched by tests.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorPages().ConfigureApplicationPartManager(AddPages);
        return services;
    }

    /// <summary>Session keys are in the store: what one node signed every other accepts, and a restart signs nobody out.</summary>
    public static IServiceCollection AddConsoleKeys(this IServiceCollection services)
    {
        services.AddSingleton<SessionKeyRing>();
        services.AddHostedService<SessionKeyKeeper>();
        services.AddDataProtection().SetApplicationName("wecomops");
        services.AddOptions<KeyManagementOptions>().Configure<SessionKeyRing, IConfiguration>(static (options, ring, configuration) =>
        {
            // Made by the keeper, which writes them to the store before they are used.
            options.AutoGenerateKeys = false;
            options.XmlRepository = ring;
            options.XmlEncryptor = KeySealer.SealOf(configuration) is { } seal ? new KeySealer(seal) : null;
        });
        return services;
    }

    /// <summary>Errors, headers, sign-in and permissions; before any endpoint.</summary>
    public static WebApplication UseConsole(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseConsoleErrors();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    /// <summary>Pages, their scripts and styles, and the read API.</summary>
    /// <param name="assetsManifest">File of the static assets' endpoints; null: the one named after the application.</param>
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder endpoints, string? assetsManifest = null)
    {
        endpoints.MapStaticAssets(assetsManifest).AllowAnonymous();
        endpoints.MapRazorPages().WithStaticAssets(assetsManifest);
        endpoints.MapScorecardApi();
        return endpoints;
    }

    private static void AddPages(ApplicationPartManager parts)
    {
        var assembly = typeof(ConsoleModule).Assembly;
        // A host that was built with the web SDK has found the pages already.
        if (parts.ApplicationParts.Any(part => part.Name == assembly.GetName().Name))
        {
            return;
        }

        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
        {
            parts.ApplicationParts.Add(part);
        }
    }
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeComOps.Benchmarks.Load;
using WeComOps.Inbox;
using WeComOps.WeCom;

namespace WeComOps.Benchmarks.Servers;

/// <summary>
/// The servers the product is compared with: bare Kestrel, the product's own callback endpoint (the same verification, decryption and
/// reading of XML), and an intake that is as simple as its kind allows.
/// </summary>
internal static class BareServer
{
    /// <param name="arguments">Kind, port, and the database's path or connection string.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var kind, var port, var database])
        {
            throw new ArgumentException("server KIND PORT DATABASE", nameof(arguments));
        }

        await using var app = Build(int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture), Intake(kind, database));
        if (kind.EndsWith("-unopened", StringComparison.Ordinal))
        {
            app.Run(StoreUnopenedAsync);
        }
        else
        {
            app.UseRouting();
            app.MapWeComCallback();
        }

        await app.RunAsync();
        return 0;
    }

    private static IIntake Intake(string kind, string database) => kind switch
    {
        "verify" => new NoIntake(),
        "alone" => new SqliteAlone(database),
        "group" or "group-unopened" => new GroupIntake(new SqliteGroup(database)),
        "group-pg" or "group-pg-unopened" => new GroupIntake(new PostgresGroup(database)),
        _ => throw new ArgumentException($"There is no server '{kind}'.", nameof(kind)),
    };

    private static WebApplication Build(int port, IIntake intake)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(Corp.Settings);
        builder.Services.AddSingleton(intake);
        builder.Services.AddWeCom(builder.Configuration);
        return builder.Build();
    }

    /// <summary>Stores what came as it came: what is left of (b2) when nothing is verified.</summary>
    private static async Task StoreUnopenedAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        await context.RequestServices.GetRequiredService<IIntake>().StoreAsync(new ReceivedMessage(id, TimeProvider.System.GetUtcNow(), body), CancellationToken.None);
        context.Response.ContentLength = 0;
    }

    /// <summary>(a): verified and decrypted, then forgotten.</summary>
    private sealed class NoIntake : IIntake
    {
        public Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

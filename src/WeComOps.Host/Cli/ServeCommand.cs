using System.CommandLine;
using Microsoft.Extensions.Options;
using WeComOps.Host.Jobs;
using WeComOps.Host.Web;

namespace WeComOps.Host.Cli;

internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the service: callbacks, scheduled work and the console. Configuration comes from appsettings.json and the environment.");
        command.SetAction((_, cancellationToken) => ServeAsync(cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "wecomops",
            ContentRootPath = ContentRoot(),
            // What is wrong is told at start, so nothing is read again later. Watching the folder for it would hear every write to the database below it.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Logging.ClearProviders().AddJsonConsole(options => options.UseUtcTimestamp = true);
        builder.AddWeComOpsHost();
        AddWork(builder);
        await using var app = builder.Build();
        // Before the first part is mapped: its own options would fail alone, and the other faults would wait for the next try.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseWeComOps();
        await app.RunAsync(cancellationToken);
        return CommandLine.Done;
    }

    /// <summary>What goes on without anybody asking, as far as it is this node's.</summary>
    private static void AddWork(WebApplicationBuilder builder)
    {
        var roles = NodeRoles.Read(builder.Configuration);
        if (roles.IsCallback)
        {
            builder.Services.AddHostedService<LastClicks>();
        }

        if (roles.IsWorker)
        {
            builder.Services.AddScheduledJobs(builder.Configuration).AddHostedService<Worker>().AddHostedService<HealWorker>();
        }
        else if (roles.IsCallback)
        {
            builder.Services.AddHostedService<ClickWriter>();
        }
    }

    /// <summary>The working directory holds appsettings.json; where it has none, the program's own folder.</summary>
    private static string ContentRoot() => File.Exists("appsettings.json") ? System.IO.Directory.GetCurrentDirectory() : AppContext.BaseDirectory;
}

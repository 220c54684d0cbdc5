using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace WeComOps.Host.Control;

/// <summary>
/// Serves <see cref="ControlSocket"/> beside the web server: writing commands run in the host, so that the one lock and the audit hold.
/// A server of its own, so that nothing of it can be reached by TCP.
/// </summary>
internal sealed partial class ControlServer(IServiceProvider services, ILogger<ControlServer> logger) : IHostedService
{
    /// <summary>Who the audit names; the file mode is what says that it was the service's own user.</summary>
    public const string Operator = "command-line";

    private WebApplication? _app;
    private string _path = "";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _path = ControlSocket.PathOf(services);
        if (ControlSocket.IsTooLong(_path))
        {
            Log.TooLong(logger, _path);
            return;
        }

        using (var other = await ControlSocket.ConnectAsync(_path, cancellationToken))
        {
            if (other is not null)
            {
                Log.Taken(logger, _path);
                return;
            }
        }

        var app = Build();
        try
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.Delete(_path);
            await app.StartAsync(cancellationToken);
            _app = app;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            // A node without a writable folder does all its other work.
            await app.DisposeAsync();
            Log.NoSocket(logger, _path, e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync(cancellationToken);
            await app.DisposeAsync();
            File.Delete(_path);
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = Bind).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenUnixSocket(_path);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        var app = builder.Build();
        app.UseRouting();
        app.MapPost("/imports/{kind}", ImportAsync);
        return app;
    }

    /// <summary>Between binding and listening nobody can connect, so there is no moment in which others could.</summary>
    private static Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(endpoint.ToString()!, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return socket;
    }

    private async Task ImportAsync(HttpContext context)
    {
        var kind = (string)context.GetRouteValue("kind")!;
        try
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var text = await reader.ReadToEndAsync(context.RequestAborted);
            await using var scope = services.CreateAsyncScope();
            var report = await ActivatorUtilities.CreateInstance<ImportFile>(scope.ServiceProvider).RunAsync(kind, text, Operator, context.RequestAborted);
            Log.Imported(logger, kind, report.Taken, report.Faults.Count);
            await context.Response.WriteAsJsonAsync(report, ImportJsonContext.Default.ImportReport);
        }
        catch (FormatException e)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, e, kind);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, e is IOException
                ? $"{e.Message} Rows taken so far are kept; import the file again: rows already known are left as they are."
                : "The service failed on this file; its log says why. Rows taken so far are kept.");
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Import of {Kind} by the command line: {Taken} rows taken, {Faults} left out")]
        public static partial void Imported(ILogger logger, string kind, int taken, int faults);

        [LoggerMessage(2, LogLevel.Error, "Import of {Kind} by the command line failed")]
        public static partial void Failed(ILogger logger, Exception exception, string kind);

        [LoggerMessage(5, LogLevel.Warning, "The socket {Path} cannot be made: while this service runs, importing commands are refused. Set Storage:ControlSocket to a path that it may write")]
        public static partial void NoSocket(ILogger logger, string path, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "{Path} is too long for a socket: while this service runs, importing commands are refused. Set Storage:ControlSocket to a shorter path")]
        public static partial void TooLong(ILogger logger, string path);

        [LoggerMessage(4, LogLevel.Information, "Another process serves {Path}; commands go to it")]
        public static partial void Taken(ILogger logger, string path);
    }
}

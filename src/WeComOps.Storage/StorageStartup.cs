using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WeComOps.Storage;

/// <summary>
/// Opens the store before any other part of the host starts, so that none sees an old schema. A server that does not answer
/// keeps nobody from starting: callbacks can be spilled meanwhile, and the store opens when the server is back.
/// </summary>
internal sealed partial class StorageStartup(StorageMaintenance maintenance, TimeProvider clock, ILogger<StorageStartup> log)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _opening = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await maintenance.OpenAsync(cancellationToken);
        }
        catch (StorageUnreachableException e)
        {
            Log.Unreachable(log, e.Message);
            _opening = KeepOpeningAsync(e.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _opening;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The container closes the store, after everything that may still write.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task KeepOpeningAsync(string lastSaid)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, clock, _stopping.Token);
                await maintenance.OpenAsync(_stopping.Token);
                Log.Opened(log);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // Also a refusal: a person can set it right on the server while this node goes on taking callbacks.
                if (e.Message != lastSaid)
                {
                    lastSaid = e.Message;
                    Log.StillClosed(log, e.Message, e is StorageUnreachableException or StorageRefusedException or StorageSchemaException ? null : e);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Reason} This node starts without its store and keeps trying")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "The store is still closed: {Reason}")]
        public static partial void StillClosed(ILogger logger, string reason, Exception? exception);

        [LoggerMessage(3, LogLevel.Information, "The store is open")]
        public static partial void Opened(ILogger logger);
    }
}

using WeComOps.Links;

namespace WeComOps.Host.Jobs;

/// <summary>Writes the clicks of this node's redirects, on a node that has no work cycle to do it: they wait in its memory.</summary>
internal sealed partial class ClickWriter(ClickLog clicks, ILogger<ClickWriter> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>The server has stopped taking requests before: what came in is written.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await clicks.WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clicks.WaitAsync(stoppingToken))
        {
            try
            {
                await clicks.WriteAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // They are kept and written when the store is back.
                Log.Failed(logger, clicks.Pending, exception);
                await Task.Delay(AfterFailure, TimeProvider.System, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} clicks could not be written yet; tried again in a few seconds")]
        public static partial void Failed(ILogger logger, long count, Exception exception);
    }
}

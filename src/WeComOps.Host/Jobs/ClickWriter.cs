using WeComOps.Links;

namespace WeComOps.Host.Jobs;

/// <summary>Writes the clicks of this node's redirects, on a node that has no work cycle to do it: they wait in its memory.</summary>
internal sealed class ClickWriter(ClickLog clicks, ILogger<ClickWriter> logger) : BackgroundService
{
    private readonly Loop _loop = new("Writing clicks", logger);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunAsync(
        async token =>
        {
            // What cannot be written is kept and written when the store is back.
            await clicks.WaitAsync(token);
            await clicks.WriteAsync(token);
            return TimeSpan.Zero;
        },
        stoppingToken);
}

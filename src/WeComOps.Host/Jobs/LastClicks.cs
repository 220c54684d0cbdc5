using WeComOps.Links;

namespace WeComOps.Host.Jobs;

/// <summary>
/// The last write of the clicks, on every node that answers links. Registered before whoever writes them during the node's life, so
/// it stops after that; the server has stopped taking requests before.
/// </summary>
internal sealed class LastClicks(ClickLog clicks) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => clicks.WriteAsync(cancellationToken);
}

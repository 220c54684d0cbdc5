using Microsoft.Extensions.Hosting;

namespace WeComOps.Storage;

/// <summary>Opens the store before any other part of the host starts, so that none sees an old schema.</summary>
internal sealed class StorageStartup(StorageMaintenance maintenance) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => maintenance.OpenAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The container closes the store, after everything that may still write.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

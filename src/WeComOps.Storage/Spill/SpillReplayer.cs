using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WeComOps.Storage.Spill;

/// <summary>Takes the spill folder at start, and brings what is in it into the store as soon as the store takes it.</summary>
internal sealed partial class SpillReplayer(SpillCircuit circuit, TimeProvider waiting, ILogger<SpillReplayer> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private bool _isFailing;

    /// <summary>Before the first callback: a service that could not keep callbacks says so at once.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => circuit.OpenAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, waiting);
        do
        {
            await ReplayAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (circuit.IsSpilling && await circuit.ReplayAsync(cancellationToken))
            {
            }

            _isFailing = false;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                // Once per outage: it is tried every second.
                Log.Failed(logger, e);
            }

            _isFailing = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The store does not take the spilled callbacks yet; tried again every second")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

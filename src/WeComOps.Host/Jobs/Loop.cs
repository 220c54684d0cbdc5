using WeComOps.Primitives;

namespace WeComOps.Host.Jobs;

/// <summary>
/// Steps in real time, one after the other; a step says how long to pause after it. A step that fails is logged and tried again:
/// the store or the network is away, and the work goes on when it is back.
/// </summary>
/// <param name="work">What it does, for the log.</param>
internal sealed partial class Loop(string work, ILogger logger)
{
    /// <summary>How often a node asks for a duty that another holds: well below the lease.</summary>
    public static readonly TimeSpan Asking = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Until the host stops.</summary>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan>> step, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await step(stoppingToken);
            }
            catch (FenceLostException exception)
            {
                Log.FenceLost(logger, work, exception.Message);
                pause = Asking;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception, work);
                pause = AfterFailure;
            }

            await PauseAsync(pause, stoppingToken);
        }
    }

    /// <summary>Several kinds of steps that must not wait for each other, until one fails or all are cancelled: then all have ended.</summary>
    public static async Task SideBySideAsync(CancellationToken cancellationToken, params Func<CancellationToken, Task<TimeSpan>>[] steps)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Array.ConvertAll(steps, step => RepeatAsync(step, stop.Token));
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static async Task RepeatAsync(Func<CancellationToken, Task<TimeSpan>> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            await PauseAsync(await step(cancellationToken), cancellationToken);
        }
    }

    private static Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return pause > TimeSpan.Zero ? Task.Delay(pause, TimeProvider.System, cancellationToken) : Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Work} failed and goes on in a few seconds")]
        public static partial void Failed(ILogger logger, Exception exception, string work);

        [LoggerMessage(2, LogLevel.Information, "{Work} stops on this node: {Reason}")]
        public static partial void FenceLost(ILogger logger, string work, string reason);
    }
}

using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace WeComOps.WeCom.Api;

/// <summary>
/// Seconds-long retries of calls that create nothing (doc 90313): at most three, exponential with jitter, in real time. Minutes are the
/// caller's business.
/// </summary>
internal sealed class ReadRetries(TimeProvider clock)
{
    private readonly ResiliencePipeline<CallEnd> _pipeline = new ResiliencePipelineBuilder<CallEnd> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<CallEnd>
        {
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsTransient: true }),
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(5),
            UseJitter = true,
            // Spreads nodes in time and reaches no result, hence no seed.
            Randomizer = static () => RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d,
        })
        .Build();

    public async Task<CallEnd> RunAsync(Func<CancellationToken, Task<CallEnd>> send, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(
            static async (state, cancel) => await state(cancel), send, cancellationToken);
}

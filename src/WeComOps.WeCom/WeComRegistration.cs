using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WeComOps.WeCom.Api;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom;

/// <summary>Registers everything that speaks WeCom: <see cref="IWeComApi"/>, <see cref="IWeComEventReader"/> and the callback.</summary>
public static class WeComRegistration
{
    private const long MaxAnswerBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Binds section <c>WeCom</c> and checks it at start. The host registers <c>IIntake</c>, <see cref="ISharedTokens"/> and, with
    /// many nodes, <see cref="ISharedCalls"/>; a <see cref="TimeProvider"/> registered
    /// before is respected, and so is an <c>IDutyStore</c>: creating calls under a fence need it. HTTP time-outs and retries run in real time.
    /// </summary>
    public static IServiceCollection AddWeCom(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<WeComOptions, WeComOptionsValidator>().Bind(configuration.GetSection(WeComOptions.Section));
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WeComMetrics>();

        services.TryAddSingleton<CallbackGate>();
        services.TryAddSingleton<CallbackReceiver>();
        services.TryAddSingleton<IWeComEventReader, WeComEventReader>();

        services.TryAddSingleton<AccessTokens>();
        // Where several processes call for one corp, the store counts for all of them.
        services.TryAddSingleton<IRateBudget>(static provider => provider.GetService<ISharedCalls>() is { BetweenProcesses: true }
            ? ActivatorUtilities.CreateInstance<SharedBudget>(provider)
            : ActivatorUtilities.CreateInstance<LocalBudget>(provider));
        services.TryAddSingleton(static _ => new ReadRetries(TimeProvider.System));
        // No request logging: it would be the only thing to see addresses with tokens in them.
        services.AddHttpClient<IWeComApi, WeComApi>(Configure)
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    private static void Configure(IServiceProvider services, HttpClient client)
    {
        var options = services.GetRequiredService<IOptions<WeComOptions>>().Value;
        client.BaseAddress = new Uri(options.ApiBaseUrl);
        client.Timeout = TimeSpan.FromSeconds(options.RequestTimeoutSeconds);
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
    }

    private static SocketsHttpHandler CreateHandler(IServiceProvider services)
    {
        var proxy = services.GetRequiredService<IOptions<WeComOptions>>().Value.Proxy;
        return new SocketsHttpHandler
        {
            // A redirect could send a creating call twice.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !string.IsNullOrEmpty(proxy),
            Proxy = string.IsNullOrEmpty(proxy) ? null : new WebProxy(proxy),
            AutomaticDecompression = DecompressionMethods.All,
            // Follows DNS changes; idle connections go before the other side drops them under a call.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        };
    }
}

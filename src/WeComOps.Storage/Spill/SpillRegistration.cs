using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Inbox;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Stores;

namespace WeComOps.Storage.Spill;

public static class SpillRegistration
{
    /// <summary>
    /// Takes the spill folder at start and replays it. Only for a process that receives callbacks: nodes of other roles need no folder.
    /// </summary>
    public static IServiceCollection AddSpillReplay(this IServiceCollection services) =>
        services.AddHostedService(provider => new SpillReplayer(
            provider.GetRequiredService<SpillCircuit>(), TimeProvider.System, provider.GetRequiredService<ILogger<SpillReplayer>>()));

    internal static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<SpillOptions>().Bind(configuration.GetSection(StorageOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpillOptions>, SpillOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<SpillOptions>>().Value;
            return new SpillFolder(SpillOptions.FolderOf(options, provider.GetRequiredService<IOptions<StorageOptions>>().Value), options.LimitBytes);
        });
        services.TryAddSingleton(provider => new SpillState(provider.GetRequiredService<SpillFolder>(), provider.GetRequiredService<IOptions<SpillOptions>>().Value));
        services.TryAddSingleton<SpillMetrics>();
        services.TryAddSingleton<IMessageLog>(provider => new SqlIntake(provider.GetRequiredService<SqlEngine>()));
        // Patience is for a store that hangs in real time, whatever clock the product lives on.
        services.TryAddSingleton(provider => new SpillCircuit(
            provider.GetRequiredService<SpillFolder>(), provider.GetRequiredService<IMessageLog>(), provider.GetRequiredService<SpillMetrics>(),
            TimeProvider.System, provider.GetRequiredService<ILogger<SpillCircuit>>()));
        services.TryAddSingleton<IIntake, SpillingIntake>();
        return services;
    }
}

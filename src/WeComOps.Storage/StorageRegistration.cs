using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Access;
using WeComOps.Answers;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Inbox;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Media;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Sales;
using WeComOps.Scorecard;
using WeComOps.Storage.PostgreSql;
using WeComOps.Storage.Spill;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Sqlite;
using WeComOps.Storage.Stores;
using WeComOps.Templates;
using WeComOps.WeCom;

namespace WeComOps.Storage;

public static class StorageRegistration
{
    /// <summary>
    /// Registers every store port. Options are read from the section <c>Storage</c> of the whole configuration and validated
    /// at start. A host opens the store when it starts; without a host call <see cref="StorageMaintenance"/>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();

        services.TryAddSingleton(EngineOf);
        services.TryAddSingleton(provider => new StorageMaintenance(provider.GetRequiredService<SqlEngine>()));
        services.AddHostedService<StorageStartup>();

        services.TryAddSingleton<IChangeStore, SqlChangeStore>();
        services.TryAddSingleton<IDutyStore, SqlDutyStore>();
        services.TryAddSingleton<IJobStore, SqlJobStore>();
        services.AddIntake(configuration);
        services.TryAddSingleton<IInboxStore, SqlInboxStore>();
        services.TryAddSingleton<ILedger, SqlLedger>();
        services.TryAddSingleton<IDirectoryStore, SqlDirectoryStore>();
        services.TryAddSingleton<ICustomerStore, SqlCustomerStore>();
        services.TryAddSingleton<IGroupStore, SqlGroupStore>();
        services.TryAddSingleton<IHealingStore, SqlHealingStore>();
        services.TryAddSingleton<ITemplateStore, SqlTemplateStore>();
        services.TryAddSingleton<IMarketStore, SqlMarketStore>();
        services.TryAddSingleton<IInstructionStore, SqlInstructionStore>();
        services.TryAddSingleton<IPushStore, SqlPushStore>();
        services.TryAddSingleton<IOutgoingStore, SqlOutgoingStore>();
        services.TryAddSingleton<IQuestionStore, SqlQuestionStore>();
        services.TryAddSingleton<ILinkStore, SqlLinkStore>();
        services.TryAddSingleton<IPictureStore, SqlPictureStore>();
        services.TryAddSingleton<ISaleStore, SqlSaleStore>();
        services.TryAddSingleton<IScorecardStore, SqlScorecardStore>();
        services.TryAddSingleton<ISharedTokens, SqlSharedTokens>();
        services.TryAddSingleton<ISharedCalls, SqlSharedCalls>();
        services.TryAddSingleton<ISessionKeyStore, SqlSessionKeys>();
        services.TryAddSingleton<IAuditStore>(provider => new SqlAudit(provider.GetRequiredService<SqlEngine>()));
        return services;
    }

    private static SqlEngine EngineOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var clock = services.GetRequiredService<TimeProvider>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        return options.Provider switch
        {
            StorageProvider.PostgreSql => new PostgreSqlEngine(options.ConnectionString, clock, loggers.CreateLogger<PostgreSqlEngine>()),
            _ => new SqliteEngine(options.ConnectionString, clock, loggers),
        };
    }
}

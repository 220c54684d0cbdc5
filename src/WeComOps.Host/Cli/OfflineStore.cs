using WeComOps.Storage;

namespace WeComOps.Host.Cli;

/// <summary>The product without server, jobs and WeCom: what the commands on the store need.</summary>
internal sealed class OfflineStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private OfflineStore(ServiceProvider services) => _services = services;

    public IServiceProvider Services => _services;

    /// <summary>Where the data is, as configured.</summary>
    public StorageOptions Options => _services.GetRequiredService<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value;

    public StorageMaintenance Maintenance => _services.GetRequiredService<StorageMaintenance>();

    /// <summary>Beside a running host: reads only.</summary>
    public static async Task<OfflineStore> ReadAsync(string? database, CancellationToken cancellationToken)
    {
        var store = Create(database);
        await store.Maintenance.OpenReadOnlyAsync(cancellationToken);
        return store;
    }

    /// <summary>Takes the right to write; with SQLite there is one.</summary>
    public static async Task<OfflineStore> WriteAsync(string? database, CancellationToken cancellationToken)
    {
        var store = Create(database);
        await store.Maintenance.OpenAsync(cancellationToken);
        return store;
    }

    /// <summary>As <see cref="WriteAsync"/>, on a database that exists: an import into a new one by mistake would seem to succeed.</summary>
    /// <exception cref="IOException">There is no database; the message names where it was looked for.</exception>
    public static async Task<OfflineStore> WriteExistingAsync(string? database, CancellationToken cancellationToken)
    {
        await using (var store = Create(database))
        {
            if (store.Options.Provider == StorageProvider.PostgreSql)
            {
                // Says whether the tables are there, and changes nothing.
                await store.Maintenance.OpenReadOnlyAsync(cancellationToken);
            }
            else if (Path.GetFullPath(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(store.Options.ConnectionString).DataSource) is var path && !File.Exists(path))
            {
                throw new IOException($"There is no database at {path}. Name it with --database, or run this where appsettings.json is; wecomops migrate makes a new one.");
            }
        }

        return await WriteAsync(database, cancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Not opened.</summary>
    /// <exception cref="StorageRefusedException">A file is named where the configuration names a server.</exception>
    public static OfflineStore Create(string? database)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(System.IO.Directory.GetCurrentDirectory())
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(database is null
                ? []
                : new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Storage:ConnectionString"] = "Data Source=" + database })
            .Build();
        if (database is not null && string.Equals(configuration["Storage:Provider"], nameof(StorageProvider.PostgreSql), StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageRefusedException(
                "--database names a SQLite file, and this configuration keeps its data in PostgreSql. Leave it out: the database is the one that Storage:ConnectionString names.");
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        services.AddStorage(configuration).AddWeComOps(configuration);
        return new OfflineStore(services.BuildServiceProvider());
    }
}

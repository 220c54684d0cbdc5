using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace WeComOps.Storage.Tests;

/// <summary>A database of its own for one test, on one engine.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The configuration that names it.</summary>
    public abstract IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Registered as a host does it; not opened.</summary>
    public ServiceProvider Services() => new ServiceCollection()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build())
        .BuildServiceProvider(validateScopes: true);

    public abstract ValueTask DisposeAsync();
}

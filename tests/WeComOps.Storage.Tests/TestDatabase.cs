using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace WeComOps.Storage.Tests;

/// <summary>A database of its own for one test, on one engine.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The configuration that names it.</summary>
    public abstract IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>Before anything else; where a server must make the database first.</summary>
    public virtual ValueTask PrepareAsync() => ValueTask.CompletedTask;

    /// <summary>Registered as a host does it; not opened.</summary>
    public ServiceProvider Services() => new ServiceCollection()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build())
        .BuildServiceProvider(validateScopes: true);

    public abstract ValueTask DisposeAsync();

    /// <summary>Past the program, as somebody with the database could.</summary>
    public abstract Task TamperAsync(string sql);

    /// <summary>One number, past the program.</summary>
    public abstract Task<long> AskAsync(string sql);
}

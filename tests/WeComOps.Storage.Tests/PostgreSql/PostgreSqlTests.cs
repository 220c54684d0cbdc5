using Microsoft.Extensions.DependencyInjection;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.PostgreSql;

/// <summary>A database of its own for each test, and as many nodes on it as the test wants.</summary>
public abstract class PostgreSqlTests(bool isMigrated = true) : IAsyncLifetime
{
    private readonly List<ServiceProvider> _nodes = [];

    protected static CancellationToken None => CancellationToken.None;

    protected PostgreSqlTestDatabase Database { get; } = new(isMigrated);

    public ValueTask InitializeAsync() => Database.PrepareAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Task CommitAsync(IServiceProvider node, Action<Changes> decide)
    {
        var changes = new Changes();
        decide(changes);
        return node.GetRequiredService<IChangeStore>().CommitAsync(changes, None);
    }

    /// <summary>As another process would register it; not opened.</summary>
    protected ServiceProvider Node()
    {
        var node = Database.Services();
        lock (_nodes)
        {
            _nodes.Add(node);
        }

        return node;
    }

    protected Task<ServiceProvider> OpenNodeAsync() => Node().OpenAsync();
}

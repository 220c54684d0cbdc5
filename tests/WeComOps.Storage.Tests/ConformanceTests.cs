using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Instructions;
using WeComOps.Media;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests;

/// <summary>What every engine promises; subclassed once per engine.</summary>
public abstract class ConformanceTests : IAsyncLifetime
{
    private TestDatabase? _database;
    private ServiceProvider? _services;

    protected static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync()
    {
        _database = CreateDatabase();
        await _database.PrepareAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _database!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract TestDatabase CreateDatabase();

    protected TestDatabase Database => _database!;

    protected T The<T>()
        where T : class => _services!.GetRequiredService<T>();

    /// <summary>As after the end of the process: a new one on the same database.</summary>
    protected async Task RestartAsync()
    {
        await _services!.DisposeAsync();
        await StartAsync();
    }

    protected Task CommitAsync(Action<Changes> decide)
    {
        var changes = new Changes();
        decide(changes);
        return The<IChangeStore>().CommitAsync(changes, None);
    }

    /// <summary>The launcher of a node, with whatever WeCom a test has.</summary>
    protected LaunchPushes LaunchesTo(IWeComApi api, TimeProvider clock) => new LaunchPushes(
        The<IPushStore>(), The<IInstructionStore>(), api, The<IChangeStore>(), new PictureCopies(The<IPictureStore>(), api, The<IChangeStore>(), clock),
        new LaunchPermission(The<IInstructionStore>(), The<ITemplateStore>(), The<IMarketStore>()), clock, NullLogger<LaunchPushes>.Instance);

    private async Task StartAsync()
    {
        _services = _database!.Services();
        await _services.GetRequiredService<StorageMaintenance>().OpenAsync(None);
    }
}

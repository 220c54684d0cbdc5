using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Inbox;
using WeComOps.Storage.Spill;

namespace WeComOps.Storage.Tests.Spill;

/// <summary>One process's way of callbacks into a store; the folder outlives it.</summary>
internal sealed class SpillBench : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public SpillBench(string path, MemoryLog store, long limit = 64 * 1024 * 1024, TimeProvider? waiting = null)
    {
        Store = store;
        Folder = new SpillFolder(path, limit);
        Circuit = new SpillCircuit(
            Folder, store, new SpillMetrics(_services.GetRequiredService<IMeterFactory>(), Folder), waiting ?? TimeProvider.System, NullLogger<SpillCircuit>.Instance);
        Intake = new SpillingIntake(Circuit);
    }

    public MemoryLog Store { get; }

    public SpillFolder Folder { get; }

    public SpillCircuit Circuit { get; }

    public SpillingIntake Intake { get; }

    public IReadOnlyList<string> Files => System.IO.Directory.Exists(Folder.FullName)
        ? [.. System.IO.Directory.EnumerateFiles(Folder.FullName).Select(file => Path.GetFileName(file)).Where(name => name != "lock").Order(StringComparer.Ordinal)]
        : [];

    public IEnumerable<string> Stored => Store.Messages.Select(message => message.Id);

    public Task TakeAsync(int number, int length = 10) => Intake.StoreAsync(Message(number, length), CancellationToken.None);

    /// <summary>One after another, as they come over a quiet line.</summary>
    public async Task TakeAsync(IEnumerable<int> numbers, int length = 10)
    {
        foreach (var number in numbers)
        {
            await TakeAsync(number, length);
        }
    }

    public async Task ReplayAllAsync()
    {
        while (await Circuit.ReplayAsync(CancellationToken.None))
        {
        }
    }

    public static ReceivedMessage Message(int number, int length = 10) =>
        new($"id{number:D5}", Given.Noon.AddMilliseconds(number), "<客户🙂>" + new string('x', length));

    public static IEnumerable<string> Ids(IEnumerable<int> numbers) => numbers.Select(number => $"id{number:D5}");

    public async ValueTask DisposeAsync()
    {
        await Intake.DisposeAsync();
        Circuit.Dispose();
        await _services.DisposeAsync();
    }
}

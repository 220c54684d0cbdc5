using System.Collections.Concurrent;
using WeComOps.Host.Demo;

[assembly: AssemblyFixture(typeof(WeComOps.Host.Tests.Demo.LivedBanks))]

namespace WeComOps.Host.Tests.Demo;

/// <summary>Demo banks that lived through their weeks: expensive, so every test class takes the same ones.</summary>
public sealed class LivedBanks : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, Lazy<Task<LivedBank>>> _banks = [];

    internal Task<LivedBank> OfSeedAsync(int seed) => _banks.GetOrAdd(seed, static key => new Lazy<Task<LivedBank>>(() => LivedBank.LiveAsync(key, weeks: 2, advisors: 24))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var bank in _banks.Values.Where(bank => bank.Value.IsCompletedSuccessfully))
        {
            await (await bank.Value).DisposeAsync();
        }
    }
}

/// <summary>A demo whose weeks are over; it stands still.</summary>
internal sealed class LivedBank : IAsyncDisposable
{
    private LivedBank(DemoRun run, DemoSettings settings) => (Run, Settings) = (run, settings);

    public DemoRun Run { get; }

    public DemoSettings Settings { get; }

    public string Database => Path.Combine(Settings.Folder!, "wecomops.db");

    public static async Task<LivedBank> LiveAsync(int seed, int weeks, int advisors)
    {
        var bank = await StartAsync(seed, weeks, advisors);
        await bank.Run.LiveAsync(progress: null, CancellationToken.None);
        return bank;
    }

    public static async Task<LivedBank> StartAsync(int seed, int weeks, int advisors)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("wecomops-host-tests-").FullName;
        var settings = new DemoSettings(weeks, advisors, seed, Port: 0, folder);
        return new LivedBank(await DemoRun.StartAsync(settings, CancellationToken.None), settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        System.IO.Directory.Delete(Settings.Folder!, recursive: true);
    }
}

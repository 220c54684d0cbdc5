using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Storage;

namespace WeComOps.Benchmarks.Micro;

/// <summary>1,000 new facts in one durable transaction on SQLite.</summary>
public class FactBenchmarks
{
    private const int BatchSize = 1000;
    private readonly Fact[] _batch = BenchmarkFacts.Make(BatchSize);
    private string _folder = "";
    private ServiceProvider _services = null!;
    private IChangeStore _changes = null!;
    private int _batches;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _folder = System.IO.Directory.CreateTempSubdirectory("wecomops-benchmarks-").FullName;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("Storage:ConnectionString", (string?)$"Data Source={Path.Combine(_folder, "facts.db")}")])
            .Build();
        _services = new ServiceCollection().AddStorage(configuration).BuildServiceProvider();
        await _services.GetRequiredService<StorageMaintenance>().OpenAsync(CancellationToken.None);
        _changes = _services.GetRequiredService<IChangeStore>();
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _services.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Description = "insert of 1,000 facts", OperationsPerInvoke = BatchSize)]
    public Task InsertAsync()
    {
        var suffix = ++_batches;
        var changes = new Changes();
        foreach (var fact in _batch)
        {
            changes.Record(fact with { Id = $"{fact.Id}:{suffix}" });
        }

        return _changes.CommitAsync(changes, CancellationToken.None);
    }
}

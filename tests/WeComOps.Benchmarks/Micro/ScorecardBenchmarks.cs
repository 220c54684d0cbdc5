using BenchmarkDotNet.Attributes;
using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Benchmarks.Micro;

/// <summary>The card of a week from facts in memory: rules and arithmetic without the store.</summary>
public class ScorecardBenchmarks
{
    private const int Count = 20_000;
    private readonly Fact[] _facts = BenchmarkFacts.Make(Count);

    [Benchmark(Description = "scorecard of 20,000 facts", OperationsPerInvoke = Count)]
    public Task<Card> BuildAsync() => new ScorecardBuilder(new ScorecardRules())
        .BuildAsync(BenchmarkFacts.Week, WeekState.Final, (_, _, _) => _facts.ToAsyncEnumerable(), CancellationToken.None);
}

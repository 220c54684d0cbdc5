using System.Globalization;

namespace WeComOps.Benchmarks.Load;

/// <summary>Medians and ranges over the rounds; ratios are taken within a round, then the median.</summary>
internal sealed class LoadReport(Contestant[] contestants)
{
    private readonly Dictionary<string, List<OutingResult>> _results = contestants.ToDictionary(static contestant => contestant.Name, static _ => new List<OutingResult>(), StringComparer.Ordinal);

    public int Lost => _results.Values.Sum(static results => results.Sum(static result => result.Lost ?? 0));

    public void Add(int round, Contestant contestant, OutingResult result)
    {
        _results[contestant.Name].Add(result);
        var (max, half) = (result.AtMax, result.AtHalf);
        System.Console.WriteLine(
            $"{round} {contestant.Name,-18} max {max.PerSecond,7:0}/s p50 {max.P50,6:0.0} p99 {max.P99,6:0.0} max {max.Max,6:0.0} | half {half.PerSecond,6:0}/s of {half.Offered,6:0} p50 {half.P50,6:0.00} p99 {half.P99,6:0.0} max {half.Max,6:0.0} ms | cpu {result.Cpu,4:0} us, rss {result.Peak,4:0} MiB, failed {max.Failed + half.Failed}, lost {(object?)result.Lost ?? "-"} of {max.Answered + half.Answered}");
    }

    public void Print()
    {
        System.Console.WriteLine();
        System.Console.WriteLine("| server | callbacks/s at maximum | p50 / p99 / max at maximum, ms | p50 / p99 / max at half, ms | CPU a callback, µs | peak RSS, MiB | lost |");
        System.Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, results) in _results)
        {
            System.Console.WriteLine(
                $"| {name} | {Spread(results, static r => r.AtMax.PerSecond, "0")} | {Middle(results, static r => r.AtMax.P50):0.0} / {Spread(results, static r => r.AtMax.P99, "0.0")} / {Middle(results, static r => r.AtMax.Max):0.0} "
                + $"| {Middle(results, static r => r.AtHalf.P50):0.0} / {Spread(results, static r => r.AtHalf.P99, "0.0")} / {Middle(results, static r => r.AtHalf.Max):0.0} | {Middle(results, static r => r.Cpu):0} | {Middle(results, static r => r.Peak):0} | {results.Sum(static r => r.Lost ?? 0)} |");
        }

        System.Console.WriteLine();
        System.Console.WriteLine("| ratio, taken round by round | rate | p99 at half the maximum | CPU |");
        System.Console.WriteLine("|---|---|---|---|");
        foreach (var upper in _results.Keys)
        {
            foreach (var lower in _results.Keys.Where(lower => lower != upper && IsWorthComparing(upper, lower)))
            {
                System.Console.WriteLine($"| {upper} ÷ {lower} | {Ratio(upper, lower, static r => r.AtMax.PerSecond)} | {Ratio(upper, lower, static r => r.AtHalf.P99)} | {Ratio(upper, lower, static r => r.Cpu)} |");
            }
        }
    }

    private static bool IsWorthComparing(string upper, string lower) =>
        upper.StartsWith("product", StringComparison.Ordinal) || lower == "verify";

    private string Ratio(string upper, string lower, Func<OutingResult, double> value)
    {
        var ratios = _results[upper].Zip(_results[lower], (a, b) => value(a) / value(b)).ToList();
        return Spread(ratios, static ratio => ratio, "0.00");
    }

    private static string Spread<T>(List<T> items, Func<T, double> value, string format) =>
        $"{Middle(items, value).ToString(format, CultureInfo.InvariantCulture)} ({items.Min(value).ToString(format, CultureInfo.InvariantCulture)}–{items.Max(value).ToString(format, CultureInfo.InvariantCulture)})";

    private static double Middle<T>(List<T> items, Func<T, double> value)
    {
        var sorted = items.Select(value).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

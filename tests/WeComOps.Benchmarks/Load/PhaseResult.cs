using System.Diagnostics;

namespace WeComOps.Benchmarks.Load;

/// <summary>Latencies in milliseconds.</summary>
/// <param name="Offered">Callbacks a second that were due; 0 in a closed loop.</param>
/// <param name="PerSecond">Callbacks a second that were answered 200.</param>
internal sealed record PhaseResult(double Offered, double PerSecond, double P50, double P99, double Max, int Answered, int Failed)
{
    public static PhaseResult Of(List<long> latencies, double seconds, int failed, double? offered)
    {
        if (latencies.Count == 0)
        {
            return new PhaseResult(offered ?? 0, 0, 0, 0, 0, 0, failed);
        }

        latencies.Sort();
        return new PhaseResult(
            offered ?? 0, latencies.Count / seconds, At(latencies, 0.50), At(latencies, 0.99), At(latencies, 1), latencies.Count, failed);
    }

    private static double At(List<long> sorted, double part) =>
        sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * part) - 1)] * 1000.0 / Stopwatch.Frequency;
}

namespace WeComOps.Benchmarks.Micro;

internal static class MicroBenchmarks
{
    public static int Run(string[] arguments) => arguments.Length;
}

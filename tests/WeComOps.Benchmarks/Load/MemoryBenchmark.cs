using System.Globalization;

namespace WeComOps.Benchmarks.Load;

/// <summary>Resident memory of the product over many callbacks on SQLite.</summary>
internal static class MemoryBenchmark
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(options.Folder, Path.GetRandomFileName())).FullName;
        try
        {
            return await MeasureAsync(options, folder);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(LoadOptions options, string folder)
    {
        var product = new Contestant("product", options);
        var port = Outing.FreePort();
        var (database, log) = (Path.Combine(folder, "bench.db"), Path.Combine(folder, "server.log"));
        var curve = new List<(int Sent, double Rss)>();
        await using var server = product.Start(folder, port, database, log);
        await server.ListensAsync(port, log);
        await using var client = Child.Start(options.ClientCore, folder, null, "dotnet", Child.Self, "client");
        System.Console.WriteLine("| callbacks | RSS, MiB | callbacks/s |");
        System.Console.WriteLine("|---|---|---|");
        System.Console.WriteLine($"| 0 | {server.Memory().Now:0} | |");
        for (var sent = 0; sent < options.Callbacks;)
        {
            var order = new ClientOrder(port, options.Connections, options.Events, options.Every, null, 600, Path.Combine(folder, "stored.bin"));
            var result = await Outing.SendAsync(client, order);
            sent += result.Answered;
            if (result.Failed > 0)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{result.Failed} callbacks were not answered 200."));
            }

            var rss = server.Memory().Now;
            curve.Add((sent, rss));
            System.Console.WriteLine($"| {sent} | {rss:0} | {result.PerSecond:0} |");
        }

        var peak = server.Memory().Peak;
        var settled = curve.Skip(curve.Count / 4).ToList();
        System.Console.WriteLine($"Peak {peak:0} MiB; slope after the first quarter {Slope(settled):0.0} MiB per 1,000,000 callbacks.");
        return peak <= 300 ? 0 : 1;
    }

    /// <summary>Least squares, MiB per million callbacks.</summary>
    private static double Slope(List<(int Sent, double Rss)> curve)
    {
        var (x, y) = (curve.Average(static point => point.Sent), curve.Average(static point => point.Rss));
        return 1_000_000 * curve.Sum(point => (point.Sent - x) * (point.Rss - y)) / curve.Sum(point => (point.Sent - x) * (point.Sent - x));
    }
}

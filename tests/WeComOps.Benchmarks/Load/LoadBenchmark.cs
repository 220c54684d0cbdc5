namespace WeComOps.Benchmarks.Load;

/// <summary>Rounds of all servers in turn, A B C D A B C D …, so that whatever else the machine does meets all alike.</summary>
internal static class LoadBenchmark
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        Contestant[] contestants = [.. options.Servers.Select(name => new Contestant(name, options))];
        var root = System.IO.Directory.CreateDirectory(options.Folder).FullName;
        await using var postgres = Array.Exists(contestants, static contestant => contestant.IsPostgres)
            ? await PostgresHome.StartAsync(options)
            : null;
        var report = new LoadReport(contestants);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                var folder = System.IO.Directory.CreateDirectory(Path.Combine(root, Path.GetRandomFileName())).FullName;
                try
                {
                    var database = contestant.IsPostgres ? await postgres!.CreateDatabaseAsync() : Path.Combine(folder, "bench.db");
                    report.Add(round, contestant, await new Outing(options, contestant, folder, database).RunAsync());
                }
                finally
                {
                    System.IO.Directory.Delete(folder, recursive: true);
                }
            }
        }

        report.Print();
        return report.Lost == 0 ? 0 : 1;
    }
}

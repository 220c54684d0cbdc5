namespace WeComOps.Benchmarks.Load;

/// <summary>Rounds of all servers in turn, A B C D A B C D …, so that whatever else the machine does meets all alike.</summary>
internal static class LoadBenchmark
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        Contestant[] contestants = [.. options.Servers.Select(name => new Contestant(name, options))];
        var root = System.IO.Directory.CreateDirectory(options.Folder).FullName;
        await using var postgres = Array.Exists(contestants, static contestant => contestant.IsPostgres)
            ? await PostgresHome.StartAsync(options.ServerCore)
            : null;
        var report = new LoadReport(contestants);
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                report.Add(round, contestant, contestant.IsPostgres
                    ? await OnPostgresAsync(options, contestant, root, postgres!)
                    : await OnFilesAsync(options, contestant, root));
            }
        }

        report.Print();
        return report.Lost == 0 ? 0 : 1;
    }

    private static async Task<OutingResult> OnFilesAsync(LoadOptions options, Contestant contestant, string root)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(root, Path.GetRandomFileName())).FullName;
        try
        {
            return await new Outing(options, contestant, folder, Path.Combine(folder, "bench.db"), null).RunAsync();
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<OutingResult> OnPostgresAsync(LoadOptions options, Contestant contestant, string root, PostgresHome postgres)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(root, Path.GetRandomFileName())).FullName;
        var database = await postgres.CreateDatabaseAsync();
        try
        {
            return await new Outing(options, contestant, folder, database, postgres).RunAsync();
        }
        finally
        {
            await postgres.DropDatabaseAsync(database);
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}

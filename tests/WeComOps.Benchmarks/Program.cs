using System.Globalization;
using WeComOps.Benchmarks.Load;
using WeComOps.Benchmarks.Micro;
using WeComOps.Benchmarks.Servers;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

string[] rest = [.. args.Skip(1)];
switch (args.FirstOrDefault())
{
    case "micro":
        return MicroBenchmarks.Run(rest);
    case "load":
        return await LoadBenchmark.RunAsync(new LoadOptions(rest));
    case "memory":
        return await MemoryBenchmark.RunAsync(new LoadOptions(rest));
    case "server":
        return await BareServer.RunAsync(rest);
    case "client":
        return await LoadClient.RunAsync();
    default:
        System.Console.Error.WriteLine(LoadOptions.Usage);
        return 2;
}

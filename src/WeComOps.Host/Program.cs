using WeComOps.Host.Demo;
using WeComOps.Primitives;

var folder = System.IO.Directory.CreateTempSubdirectory("wecomops-demo-").FullName;
var sw = System.Diagnostics.Stopwatch.StartNew();
await using var run = await DemoRun.StartAsync(new DemoSettings(args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 4, 60, 42, 0, folder), CancellationToken.None);
System.Console.WriteLine($"started {sw.Elapsed}");
await run.LiveAsync(new Report(), CancellationToken.None);
System.Console.WriteLine($"lived {sw.Elapsed} {folder}");
var card = await run.ScorecardAsync(run.LastWeek, CancellationToken.None);
System.Console.WriteLine(card.Json.Length);
System.Console.WriteLine(card.Digest);
File.WriteAllText("/tmp/card.json", card.Json);
File.WriteAllText("/tmp/books.json", run.Sandbox.BooksJson(run.LastWeek.ToString()));
return 0;

internal sealed class Report : IProgress<(double Share, DateTimeOffset Now)>
{
    private int _last = -1;
    public void Report1() { }
    void IProgress<(double Share, DateTimeOffset Now)>.Report((double Share, DateTimeOffset Now) value)
    {
        if ((int)(value.Share * 20) != _last) { _last = (int)(value.Share * 20); System.Console.WriteLine($"{value.Share:P0} {value.Now.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm}"); }
    }
}

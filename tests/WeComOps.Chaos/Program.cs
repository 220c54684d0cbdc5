using System.CommandLine;
using WeComOps.Chaos;
using WeComOps.Chaos.Run;

var engine = new Option<ChaosEngine>("--engine") { Description = "sqlite or postgres", DefaultValueFactory = _ => ChaosEngine.Sqlite };
var nodes = new Option<int?>("--nodes") { Description = "processes of the product; SQLite has one, PostgreSQL three if nothing is said" };
var seed = new Option<int?>("--seed") { Description = "draws the same load and the same faults again" };
var kills = new Option<int>("--kills") { Description = "SIGKILLs", DefaultValueFactory = _ => 1000 };
var pause = new Option<int>("--pause") { Description = "seconds of a SIGSTOP", DefaultValueFactory = _ => 90 };
var pauses = new Option<int>("--pauses") { Description = "how often", DefaultValueFactory = _ => 2 };
var outages = new Option<int>("--outages") { Description = "how often the store does not answer for some seconds", DefaultValueFactory = _ => 6 };
var sabotage = new Option<bool>("--sabotage") { Description = "breaks the evidence before it is checked: the run must fail" };
var results = new Option<string?>("--results") { Description = "file the Markdown is appended to" };

var brief = new Command("short", "About a minute.") { engine, nodes, seed, sabotage, results };
brief.SetAction((parsed, _) => RunAsync(ChaosPlan.Short(parsed.GetValue(engine), Nodes(parsed), Seed(parsed)) with { Sabotage = parsed.GetValue(sabotage) }, parsed.GetValue(results)));
var lasting = new Command("long", "As many kills as are asked for.") { engine, nodes, seed, kills, pause, pauses, outages, sabotage, results };
lasting.SetAction((parsed, _) =>
{
    var plan = ChaosPlan.Long(
        parsed.GetValue(engine), Nodes(parsed), Seed(parsed), parsed.GetValue(kills), TimeSpan.FromSeconds(parsed.GetValue(pause)), parsed.GetValue(pauses),
        parsed.GetValue(outages));
    return RunAsync(plan with { Sabotage = parsed.GetValue(sabotage) }, parsed.GetValue(results));
});

return await new RootCommand("Kills, stops and starves processes of the product under load, then looks for what was lost, doubled or stuck.") { brief, lasting }
    .Parse(args).InvokeAsync();

int Nodes(ParseResult parsed) => parsed.GetValue(nodes) ?? (parsed.GetValue(engine) == ChaosEngine.Sqlite ? 1 : 3);

int Seed(ParseResult parsed) => parsed.GetValue(seed) ?? Environment.TickCount & 0xffff;

static async Task<int> RunAsync(ChaosPlan plan, string? results)
{
    var result = await new ChaosRun(plan, TimeProvider.System, Console.WriteLine).RunAsync();
    var report = Report.Write(result);
    Console.WriteLine();
    Console.WriteLine(report);
    if (results is not null)
    {
        await File.AppendAllTextAsync(results, report + "\n");
    }

    if (result.Violations.Count > 0)
    {
        return 1;
    }

    System.IO.Directory.Delete(result.Folder, recursive: true);
    return 0;
}

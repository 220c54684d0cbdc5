using System.Net;
using System.Net.Sockets;
using WeComOps.Chaos.Checks;
using WeComOps.Chaos.Load;
using WeComOps.Chaos.Nodes;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Run;

/// <summary>One run from the empty store to the verdict.</summary>
internal sealed class ChaosRun(ChaosPlan plan, TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(NodeSettings.RequestTimeoutSeconds + 1.5);

    public async Task<ChaosResult> RunAsync()
    {
        var folder = plan.Folder ?? Path.Combine(Path.GetTempPath(), $"wecomops-chaos-{plan.Engine}-{plan.Seed}-{Environment.ProcessId}".ToLowerInvariant());
        System.IO.Directory.CreateDirectory(folder);
        var (effects, tally) = (new Effects(), new Tally());
        var mishaps = new Mishaps(new Dice(plan.Seed, 1));
        await using var wecom = new FakeWeCom(effects, mishaps, TooLate, clock);
        await wecom.StartAsync();
        await using var database = await Databases.MakeAsync(plan.Engine, folder);
        await Seeding.RunAsync(database, plan, clock);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
        var nodes = new List<Node>();
        using var ledger = new SentLedger(Path.Combine(folder, "ledger.txt"), clock);
        try
        {
            nodes.AddRange(Enumerable.Range(1, plan.Nodes).Select(number => Prepare(number, folder, wecom.Address, database, http)));
            return await RunAsync(folder, nodes, database, ledger, effects, mishaps, tally);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private async Task<ChaosResult> RunAsync(
        string folder, List<Node> nodes, IDatabase database, SentLedger ledger, Effects effects, Mishaps mishaps, Tally tally)
    {
        say($"{plan.Engine}, {plan.Nodes} node(s), seed {plan.Seed}, in {folder}");
        var cluster = new Cluster(nodes, database, tally, clock);
        using var poster = new Poster([.. nodes.Select(node => node.Address)], ledger, new Dice(plan.Seed, 2), clock);
        using var stop = new CancellationTokenSource();
        var traffic = new Traffic(new EventMaker(new Dice(plan.Seed, 3), effects, clock), poster, new Dice(plan.Seed, 4), plan.EventsPerSecond, clock);
        var hindrances = new Hindrances(plan, cluster, database, traffic, new Dice(plan.Seed, 6), tally, clock, say);
        var nemesis = new Nemesis(plan, cluster, hindrances, new Dice(plan.Seed, 5), tally, clock, say);
        await nemesis.BeginAsync();
        var began = clock.GetTimestamp();
        using var clicks = new Clicks(nodes, new Dice(plan.Seed, 7), clock);
        var load = Task.WhenAll(traffic.RunAsync(stop.Token), clicks.RunAsync(stop.Token));
        await nemesis.RunAsync();
        await stop.CancelAsync();
        await load;
        mishaps.On = false;
        var faults = clock.GetElapsedTime(began);
        say($"the faults are over after {faults.TotalSeconds:0} s and {tally.Kills} kills; {ledger.Acknowledged.Count} of {ledger.Sent.Count} callbacks were acknowledged");

        began = clock.GetTimestamp();
        var unrest = await RestAsync(nodes, database, tally, began);
        var recovery = clock.GetElapsedTime(began);
        // Clicks wait in a node's memory, which nobody can look into: twice as long as its longest pause.
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        tally.FencesLost = nodes.Sum(node => node.FencesLost);
        var store = await StoreImage.ReadAsync(database);
        var evidence = new Evidence(
            ledger.Sent, ledger.Acknowledged, [.. effects.Pushes], effects.Messages.ToDictionary(StringComparer.Ordinal),
            Enumerable.Range(0, plan.Messages).ToDictionary(Seeding.MessageId, Seeding.MessageText, StringComparer.Ordinal), store, clock.GetUtcNow())
        {
            Asked = effects.Asked.ToDictionary(StringComparer.Ordinal),
            Disturbances = tally.Disturbances,
            Clicks = [.. clicks.Answered],
            Deaths = [.. tally.Deaths],
        };
        if (plan.Sabotage)
        {
            evidence = Saboteur.Harms[0].Do(evidence)!;
            evidence = Saboteur.Harms.First(harm => harm.Harm == "a push is made twice").Do(evidence)!;
        }

        return new ChaosResult(
            plan, tally, effects, evidence, Checker.Judge(evidence), unrest, [.. ledger.Refusals], Saboteur.Try(evidence), ledger.Tries, ledger.Answers,
            faults, recovery, folder);
    }

    /// <summary>Waits until nothing is left to do, with nothing hindering any more.</summary>
    private async Task<IReadOnlyDictionary<string, long>> RestAsync(List<Node> nodes, IDatabase database, Tally tally, long began)
    {
        var told = began;
        while (true)
        {
            var unrest = new Dictionary<string, long>(await StoreImage.UnrestAsync(database, clock.GetUtcNow()), StringComparer.Ordinal);
            if (Spills(nodes).Sum(file => file.Length) is > 0 and var bytes)
            {
                unrest["bytes in spill folders"] = bytes;
            }

            var isLate = clock.GetElapsedTime(began) > plan.Patience;
            foreach (var node in nodes.Where(node => !node.IsRunning))
            {
                tally.Misbehaviour.Enqueue($"{node.Name} ended by itself with {node.ExitCode} while nothing hindered it");
                isLate = true;
            }

            if (unrest.Count == 0 || isLate)
            {
                return unrest;
            }

            if (clock.GetElapsedTime(told) > TimeSpan.FromSeconds(20))
            {
                told = clock.GetTimestamp();
                say("not at rest yet: " + string.Join(", ", unrest.Select(pair => $"{pair.Value} {pair.Key}")));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), clock);
        }
    }

    /// <summary>What is kept outside of the store, and what of it was put aside as damaged.</summary>
    private static IEnumerable<FileInfo> Spills(List<Node> nodes) => nodes.SelectMany(node => node.SpillFolders).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)
        .Where(System.IO.Directory.Exists).SelectMany(spill => new DirectoryInfo(spill).EnumerateFiles()).Where(file => file.Extension is ".spill" or ".damaged");

    private static Node Prepare(int number, string folder, Uri wecom, IDatabase database, HttpClient http)
    {
        var name = FormattableString.Invariant($"node-{number}");
        var own = System.IO.Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var address = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}"));
        File.WriteAllText(Path.Combine(own, "appsettings.json"), NodeSettings.For(address, wecom, database.Provider, database.ConnectionString).ToJsonString());
        return new Node(name, own, address, http, TimeProvider.System);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace WeComOps.Benchmarks.Load;

/// <param name="AtMax">As fast as the server answers.</param>
/// <param name="AtHalf">At half of that rate, due at fixed times.</param>
/// <param name="Lost">Answered 200 but not in the database of the killed server; null where nothing is stored.</param>
/// <param name="Peak">Highest resident memory of the server, MiB.</param>
/// <param name="Cpu">CPU time of the server (and its database) for a callback at the maximum, microseconds: steadier than rates on a busy machine.</param>
internal sealed record OutingResult(PhaseResult AtMax, PhaseResult AtHalf, int? Lost, double Peak, double Cpu);

/// <summary>One server with a fresh database, from its start to SIGKILL, and the check of its promises.</summary>
internal sealed class Outing(LoadOptions options, Contestant contestant, string folder, string database, PostgresHome? postgres)
{
    private const int WarmCallbacks = 60_000;
    private string Stored => Path.Combine(folder, "stored.bin");

    public async Task<OutingResult> RunAsync()
    {
        var port = FreePort();
        var log = Path.Combine(folder, "server.log");
        PhaseResult max, half;
        double peak, cpu;
        await using (var server = contestant.Start(folder, port, database, log))
        {
            await server.ListensAsync(port, log);
            await using var client = Child.Start(options.ClientCore, folder, null, "dotnet", Child.Self, "client");
            var warm = await OrderAsync(client, port, WarmCallbacks, null, options.Warm);
            cpu = Cpu(server);
            max = await OrderAsync(client, port, (int)(warm.PerSecond * 1.5 * options.Seconds) + 1000, null, options.Seconds);
            cpu = (Cpu(server) - cpu) * 1_000_000 / Math.Max(1, max.Answered);
            var rate = max.PerSecond / 2;
            half = await OrderAsync(client, port, (int)(rate * options.HalfSeconds), rate, options.HalfSeconds + 1);
            peak = server.Memory().Peak;
        }

        return new OutingResult(max, half, contestant.HasIds ? await CountLostAsync() : null, peak, cpu);
    }

    private double Cpu(Child server) => Child.CpuSeconds(server.Id) + (postgres?.CpuSeconds() ?? 0);

    private async Task<PhaseResult> OrderAsync(Child client, int port, int callbacks, double? perSecond, double seconds)
    {
        var order = new ClientOrder(port, options.Connections, options.Events, callbacks, perSecond, seconds, Stored);
        return await SendAsync(client, order);
    }

    public static async Task<PhaseResult> SendAsync(Child client, ClientOrder order)
    {
        await client.Input.WriteLineAsync(JsonSerializer.Serialize(order));
        await client.Input.FlushAsync();
        var answer = await client.Output.ReadLineAsync() ?? throw new InvalidOperationException("The client ended; its message is above.");
        return JsonSerializer.Deserialize<PhaseResult>(answer)!;
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task<int> CountLostAsync()
    {
        var kept = contestant.IsPostgres ? await PostgresHome.StoredAsync(database, contestant.Table) : await contestant.StoredAsync(database);
        var bytes = await File.ReadAllBytesAsync(Stored);
        var lost = 0;
        for (var at = 0; at < bytes.Length; at += 32)
        {
            lost += kept.Contains(Convert.ToHexStringLower(bytes.AsSpan(at, 32))) ? 0 : 1;
        }

        return lost;
    }
}

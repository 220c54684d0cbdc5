using System.Runtime;
using System.Text.Json;

namespace WeComOps.Benchmarks.Load;

/// <summary>One line to the client: what to do next.</summary>
/// <param name="Port">Where the server listens, on loopback.</param>
/// <param name="Callbacks">How many callbacks to prepare before the clock starts.</param>
/// <param name="PerSecond">Null: as fast as answers come.</param>
internal sealed record ClientOrder(int Port, int Connections, EventKind Events, int Callbacks, double? PerSecond, double Seconds, string StoredFile);

/// <summary>
/// The client's process: reads orders from stdin, one JSON line each, and answers each with one line. The connections stay open from order to order.
/// </summary>
internal static class LoadClient
{
    public static async Task<int> RunAsync()
    {
        // One collection between the orders, none that stops the thread within them.
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        Connection[] connections = [];
        Callbacks? source = null;
        try
        {
            while (await System.Console.In.ReadLineAsync() is { } line)
            {
                var order = JsonSerializer.Deserialize<ClientOrder>(line)!;
                source ??= new Callbacks(order.Events, order.Port, TimeProvider.System);
                if (connections.Length == 0)
                {
                    connections = [.. Enumerable.Range(0, order.Connections).Select(_ => new Connection(order.Port))];
                }

                var prepared = source.Prepare(order.Callbacks);
                GC.Collect();
                var phase = new Phase(connections);
                var result = phase.Run(prepared, order.PerSecond, order.Seconds);
                await WriteStoredAsync(order.StoredFile, phase.Stored);
                System.Console.WriteLine(JsonSerializer.Serialize(result));
            }
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection.Dispose();
            }
        }

        return 0;
    }

    private static async Task WriteStoredAsync(string path, List<byte[]> ids)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1 << 20);
        foreach (var id in ids)
        {
            await file.WriteAsync(id);
        }
    }
}

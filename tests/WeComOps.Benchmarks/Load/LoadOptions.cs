using System.Globalization;

namespace WeComOps.Benchmarks.Load;

/// <summary>Arguments as <c>--name value</c>.</summary>
internal sealed class LoadOptions
{
    public const string Usage = """
        micro  [--filter *Template*] [BenchmarkDotNet's own arguments]
        load   [--servers product,verify,group,alone,node] [--rounds 5] [--connections 64] [--warm 10] [--seconds 6]
               [--half-seconds 6] [--events unhandled|losses] [--server-core 0] [--client-core 1] [--folder DIR]
        memory [--callbacks 1000000] [--every 50000] [--events unhandled|losses] [--roles callback,worker,web] [--connections 64] [--folder DIR]
        """;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public LoadOptions(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length)
            {
                throw new ArgumentException($"'{arguments[i]}' is no option with a value.\n{Usage}", nameof(arguments));
            }

            _values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    public string[] Servers => Text("servers", "product,verify,group,alone,node").Split(',');

    public int Rounds => Number("rounds", 5);

    public int Connections => Number("connections", 64);

    /// <summary>Seconds before measuring: the runtime compiles its hot paths.</summary>
    public int Warm => Number("warm", 10);

    /// <summary>Seconds at the maximum rate.</summary>
    public int Seconds => Number("seconds", 6);

    /// <summary>Seconds at half the maximum rate.</summary>
    public int HalfSeconds => Number("half-seconds", 6);

    public EventKind Events => Enum.Parse<EventKind>(Text("events", nameof(EventKind.Unhandled)), ignoreCase: true);

    /// <summary>Roles of the product's process; empty leaves them to its default.</summary>
    public string[] Roles => Text("roles", "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    public int ServerCore => Number("server-core", 0);

    public int ClientCore => Number("client-core", 1);

    public string Folder => Text("folder", Path.Combine(Path.GetTempPath(), "wecomops-benchmarks"));

    public int Callbacks => Number("callbacks", 1_000_000);

    public int Every => Number("every", 50_000);

    private string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    private int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WeComOps.Benchmarks.Load;

/// <summary>A process of its own, pinned to one core.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>This program's own assembly, to be run by <c>dotnet</c>.</summary>
    public static string Self => Path.Combine(AppContext.BaseDirectory, "WeComOps.Benchmarks.dll");

    /// <param name="log">Takes standard output and errors; null: they are read through <see cref="Output"/>.</param>
    public static Child Start(int? core, string folder, string? log, string program, params string[] arguments)
    {
        // The shell replaces itself, so the process is the program and its output goes to the file without passing through here.
        var pin = core is { } number ? string.Create(CultureInfo.InvariantCulture, $"taskset -c {number} ") : "";
        var redirect = log is null ? "" : $" >'{log}' 2>&1";
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = log is null,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec {pin}\"$0\" \"$@\"{redirect}");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_gcServer"] = null;
        return new Child(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Resident memory now and at its highest, in MiB.</summary>
    public (double Now, double Peak) Memory()
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/status"));
        return (Field(lines, "VmRSS:"), Field(lines, "VmHWM:"));
    }

    /// <summary>CPU time that a process and its ended children took, in seconds; 0 when it is gone.</summary>
    public static double CpuSeconds(int id) => Stat(id) is { } fields
        ? fields[11..15].Sum(static ticks => double.Parse(ticks, NumberStyles.None, CultureInfo.InvariantCulture)) / TicksPerSecond
        : 0;

    public static int ParentOf(int id) => Stat(id) is { } fields ? int.Parse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    /// <summary>Waits until something listens.</summary>
    public async Task ListensAsync(int port, string log)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && Stopwatch.GetElapsedTime(since) < StartPatience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"The server does not listen. It said:\n{await File.ReadAllTextAsync(log)}", e);
            }
        }
    }

    /// <summary>Ends it as a power cut would end the process: what it promised must be on disk already.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    /// <summary>The fields after the name, which may hold blanks itself.</summary>
    private static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return null;
        }
    }

    private static double Field(string[] lines, string name) =>
        double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) / 1024;
}

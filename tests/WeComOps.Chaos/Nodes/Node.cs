using System.Diagnostics;
using System.Globalization;

namespace WeComOps.Chaos.Nodes;

/// <summary>One process of the product and its folder; the process comes and goes, the folder stays.</summary>
internal sealed class Node(string name, string folder, Uri address, HttpClient http, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);
    private readonly Lock _lock = new();
    private Process? _process;

    public string Name => name;

    public Uri Address => address;

    /// <summary>Where the process is to kill itself, or null.</summary>
    public string? Trap { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Of the running process, or of the last one.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Where the product keeps callbacks while the store does not answer.</summary>
    public IReadOnlyList<string> SpillFolders => [Path.Combine(folder, "data", "spill"), Path.Combine(folder, "..", "spill")];

    /// <summary>How often its processes said that another one had taken a duty over and that they stopped.</summary>
    public int FencesLost { get; private set; }

    private string TrapFile => Path.Combine(folder, "milestones.txt");

    public void Start(string? milestone = null, int hits = 1)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "wecomops.dll"));
        start.ArgumentList.Add("serve");
        // Each life is short: what costs at start and pays later is off.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Hook.Trap).Assembly.Location;
        start.Environment[Hook.Lifeline.Variable] = "1";
        if (milestone is not null)
        {
            start.Environment[Hook.Trap.MilestoneVariable] = milestone;
            start.Environment[Hook.Trap.HitsVariable] = hits.ToString(CultureInfo.InvariantCulture);
            start.Environment[Hook.Trap.FileVariable] = TrapFile;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        BeganAt = clock.GetUtcNow();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process?.Dispose();
        _process = process;
        Trap = milestone;
    }

    /// <summary>True once the process answers; false when it ended before.</summary>
    /// <exception cref="TimeoutException">It neither answered nor ended.</exception>
    public async Task<bool> ReadyAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < LongestStart)
        {
            if (!IsRunning)
            {
                return false;
            }

            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/health/live"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), clock, cancellationToken);
        }

        throw new TimeoutException($"{name} did not start within {LongestStart.TotalSeconds} s; see {folder}.");
    }

    /// <summary>Ends the process where it happens to be.</summary>
    public async Task KillAsync()
    {
        _process?.Kill();
        await ExitAsync(CancellationToken.None);
    }

    /// <summary>False when there is no process any more.</summary>
    public bool Signal(int signal) => IsRunning && Signals.TrySend(_process!.Id, signal);

    public Task ExitAsync(CancellationToken cancellationToken) => _process is null ? Task.CompletedTask : _process.WaitForExitAsync(cancellationToken);

    /// <summary>When the running process, or the last one, was started.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>When the last process ended.</summary>
    public DateTimeOffset EndedAt => _process is { HasExited: true } ? new DateTimeOffset(_process.ExitTime) : clock.GetUtcNow();

    /// <summary>128 + 9 when the end was a SIGKILL.</summary>
    public int ExitCode => _process?.ExitCode ?? 0;

    /// <summary>How many processes of this node died at the milestone that was set for them.</summary>
    public async Task<int> SprungAsync() => File.Exists(TrapFile) ? (await File.ReadAllLinesAsync(TrapFile)).Length : 0;

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            // Also a stopped process takes this one.
            await KillAsync();
        }

        _process?.Dispose();
    }

    private void Log(string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                File.AppendAllText(Path.Combine(folder, "node.log"), line + "\n");
                if (line.Contains("stops sending", StringComparison.Ordinal) || line.Contains("stops healing", StringComparison.Ordinal) || line.Contains("stops on this node", StringComparison.Ordinal))
                {
                    FencesLost++;
                }
            }
        }
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace WeComOps.Host.Tests.Nodes;

/// <summary><c>wecomops serve</c> in a process of its own, on a port of its own.</summary>
internal sealed partial class ServedNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly List<(string Text, TaskCompletionSource Heard)> _waiting = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedNode(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Returns when it takes requests.</summary>
    public static async Task<ServedNode> StartAsync(string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "wecomops.dll"), "serve"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var node = new ServedNode(new Process { StartInfo = start });
        node._process.OutputDataReceived += (_, line) => node.Hear(line.Data);
        node._process.ErrorDataReceived += (_, line) => node.Hear(line.Data);
        node._process.Start();
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        try
        {
            var ended = node._process.WaitForExitAsync();
            if (await Task.WhenAny(node._listening.Task, ended).WaitAsync(Patience) == ended)
            {
                throw new InvalidOperationException("The node ended: " + node.Said);
            }

            node.Address = await node._listening.Task;
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns once its log has the text, said already or later.</summary>
    public Task SaysAsync(string text, TimeSpan patience)
    {
        lock (_said)
        {
            if (_said.ToString().Contains(text, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((text, heard));
            return heard.Task.WaitAsync(patience);
        }
    }

    /// <summary>As when the power goes: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.AppendLine(line);
            foreach (var (text, heard) in _waiting)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    heard.TrySetResult();
                }
            }
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex("Now listening on: (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}

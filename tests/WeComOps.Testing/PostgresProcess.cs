using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace WeComOps.Testing;

/// <summary>A running server. It lives in a shell that ends it when our end of its input closes, which also happens when this process is killed.</summary>
internal sealed class PostgresProcess
{
    private const string Script =
        """
        "$@" </dev/null &
        server=$!
        echo "$server"
        read -r signal
        kill -CONT "$server" 2>/dev/null
        kill -"${signal:-INT}" "$server" 2>/dev/null
        wait "$server"
        """;

    private readonly Process _shell;

    private PostgresProcess(Process shell, int serverId)
    {
        _shell = shell;
        ServerId = serverId;
    }

    public int ServerId { get; }

    /// <exception cref="InvalidOperationException">It ended before it took connections; the message holds what it said.</exception>
    public static async Task<PostgresProcess> StartAsync(PostgresPrograms programs, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var command = programs.Command("/bin/sh", ["-c", Script, "postgres", Path.Combine(programs.Folder, "postgres"), .. arguments]);
        command.RedirectStandardInput = command.RedirectStandardOutput = command.RedirectStandardError = true;
        var shell = new Process { StartInfo = command };
        var said = new StringBuilder();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("The PostgreSQL server ended before it took connections: " + said));
            }
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
            else if (!ready.Task.IsCompleted)
            {
                said.AppendLine(line.Data);
            }
        };
        shell.Start();
        var id = await shell.StandardOutput.ReadLineAsync(cancellationToken);
        shell.BeginErrorReadLine();
        var process = new PostgresProcess(shell, int.Parse(id!, CultureInfo.InvariantCulture));
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            return process;
        }
        catch
        {
            await process.StopAsync(isCrash: true, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Also when somebody stopped or killed the server meanwhile.</summary>
    public async Task StopAsync(bool isCrash, CancellationToken cancellationToken)
    {
        // INT ends its connections and writes a checkpoint; QUIT does neither.
        await _shell.StandardInput.WriteLineAsync((isCrash ? "QUIT" : "INT").AsMemory(), cancellationToken);
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(cancellationToken);
        _shell.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;

namespace WeComOps.Testing;

/// <summary>The installed programs of PostgreSQL, run as a user that the server accepts: it refuses root.</summary>
internal sealed record PostgresPrograms(string Folder, int Version)
{
    private const string Missing =
        "PostgreSQL is not installed; these tests start a server of their own. Install it with: apt-get install -y postgresql";

    /// <summary>The newest version that is installed.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static PostgresPrograms Find()
    {
        // Debian keeps the server's programs off PATH, a folder for each version.
        var found =
            from version in Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : []
            let number = int.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
            let folder = Path.Combine(version, "bin")
            where number > 0 && File.Exists(Path.Combine(folder, "postgres"))
            orderby number descending
            select new PostgresPrograms(folder, number);
        return found.FirstOrDefault() ?? throw new InvalidOperationException(Missing);
    }

    /// <summary>Lets the server's user write to a folder of ours.</summary>
    public Task GiveAsync(string folder, CancellationToken cancellationToken) => Environment.UserName == "root"
        ? RunAsync(new ProcessStartInfo("chown", ["postgres", folder]), cancellationToken)
        : Task.CompletedTask;

    public Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(Command(Path.Combine(Folder, program), arguments), cancellationToken);

    public ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        var command = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        // Where the server's user may be, whatever the tests' folder is.
        command.WorkingDirectory = "/";
        command.UseShellExecute = false;
        return command;
    }

    private static async Task RunAsync(ProcessStartInfo command, CancellationToken cancellationToken)
    {
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command.FileName} {string.Join(' ', command.ArgumentList)} failed: {await output}{await errors}");
        }
    }
}

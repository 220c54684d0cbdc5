using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace WeComOps.Chaos.Hook;

/// <summary>
/// Ends the process with SIGKILL when a named milestone is reached for the n-th time. What it hit is on disk before, so that a
/// run can prove that the process died exactly there.
/// </summary>
public sealed partial class Trap : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public const string MilestoneVariable = "CHAOS_MILESTONE";
    public const string HitsVariable = "CHAOS_HITS";
    public const string FileVariable = "CHAOS_FILE";

    private const string Listener = "WeComOps.Milestones";
    private const int Kill = 9;
    private static readonly ManualResetEventSlim Never = new();

    private readonly string _milestone;
    private readonly string _file;
    private int _left;

    private Trap(string milestone, int hits, string file)
    {
        _milestone = milestone;
        _file = file;
        _left = hits;
    }

    public static void Set(string milestone, int hits, string file) => DiagnosticListener.AllListeners.Subscribe(new Trap(milestone, hits, file));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            value.Subscribe(this, name => name == _milestone);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Exactly one thread springs it: the file then has one line, and no other thread gets beyond the point meanwhile.
        var left = Interlocked.Decrement(ref _left);
        if (left > 0)
        {
            return;
        }

        if (left == 0)
        {
            using (var file = new FileStream(_file, FileMode.Append, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes("hit " + _milestone + "\n"));
                file.Flush(flushToDisk: true);
            }

            _ = SendSignal(Environment.ProcessId, Kill);
        }

        // The signal is on its way; nothing after the milestone may run.
        Never.Wait();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

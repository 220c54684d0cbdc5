using System.Runtime.InteropServices;

namespace WeComOps.Chaos.Nodes;

/// <summary>Signals of Linux that .NET has no name for.</summary>
internal static partial class Signals
{
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>False when there is no such process.</summary>
    public static bool TrySend(int process, int signal) => SendSignal(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}

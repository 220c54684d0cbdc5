namespace WeComOps.Chaos.Hook;

/// <summary>Ends this process when the rig is gone, however the rig ended: its end of our input closes then.</summary>
public static class Lifeline
{
    public const string Variable = "CHAOS_LIFELINE";

    public static void Hold() => new Thread(Watch) { IsBackground = true, Name = "chaos lifeline" }.Start();

    private static void Watch()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> buffer = stackalloc byte[16];
        while (input.Read(buffer) > 0)
        {
        }

        Trap.KillThisProcess();
    }
}

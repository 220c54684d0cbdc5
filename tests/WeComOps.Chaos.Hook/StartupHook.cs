using System.Globalization;
using WeComOps.Chaos.Hook;

/// <summary>What the runtime calls before the program's own entry point (DOTNET_STARTUP_HOOKS).</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Trap.MilestoneVariable) is { Length: > 0 } milestone
            && Environment.GetEnvironmentVariable(Trap.FileVariable) is { Length: > 0 } file)
        {
            var hits = int.Parse(Environment.GetEnvironmentVariable(Trap.HitsVariable) ?? "1", CultureInfo.InvariantCulture);
            Trap.Set(milestone, hits, file);
        }
    }
}

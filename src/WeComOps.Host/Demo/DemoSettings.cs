using WeComOps.Sandbox;

namespace WeComOps.Host.Demo;

/// <summary>What <c>wecomops demo</c> was asked for.</summary>
/// <param name="Weeks">1 to 12.</param>
/// <param name="Advisors">6 to 999.</param>
/// <param name="Port">Port of the console on loopback; 0 takes any free one.</param>
/// <param name="Folder">Fresh folder for the database; null: one in the system's temporary folder.</param>
internal sealed record DemoSettings(int Weeks, int Advisors, int Seed, int Port, string? Folder)
{
    public static readonly DateOnly FirstMonday = new(2026, 10, 19);

    public SandboxOptions Sandbox => new() { Seed = Seed, Advisors = Advisors, Weeks = Weeks, FirstMonday = FirstMonday };
}

using System.Globalization;

namespace WeComOps.Chaos;

/// <summary>The bank that the rig plays: names and secrets that the nodes are configured with.</summary>
internal static class Corp
{
    public const string Id = "wwchaos000000001";
    public const string AgentId = "1000002";
    public const string Secret = "chaos-app-secret";
    public const string CallbackToken = "chaosToken";
    public const string EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    public const long Department = 2;
    public const string Link = "https://link.bank.example/l/";
    public const int Advisors = 40;

    /// <summary>Every advisor has two customers of this name, so a question about one of them must ask back.</summary>
    public const string CommonName = "李女士";

    public static string Advisor(int index) => string.Create(CultureInfo.InvariantCulture, $"adv{index:000}");

    /// <summary>External userid of a customer whom the events bring; it names its advisor, so that the rig can answer for it.</summary>
    public static string Customer(int advisor, int number) => string.Create(CultureInfo.InvariantCulture, $"wm{advisor:000}_{number}");

    public static string? AdvisorOf(string customer) =>
        customer.Length > 5 && customer.StartsWith("wm", StringComparison.Ordinal) ? "adv" + customer[2..5] : null;

    public static string Group(int advisor, int number) => string.Create(CultureInfo.InvariantCulture, $"wr{advisor:000}_{number}");
}

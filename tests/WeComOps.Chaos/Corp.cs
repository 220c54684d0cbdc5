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

    public static IReadOnlyList<string> LinkTokens { get; } = [.. Enumerable.Range(0, 12).Select(index => string.Create(CultureInfo.InvariantCulture, $"chaosLink{index:000000000}"))];

    /// <summary>Every advisor has two customers of this name, so a question about one of them must ask back.</summary>
    public const string CommonName = "李女士";

    public static string Advisor(int index) => string.Create(CultureInfo.InvariantCulture, $"adv{index:000}");

    /// <summary>External userid of a customer whom the events bring.</summary>
    public static string Customer(int advisor, int number) => string.Create(CultureInfo.InvariantCulture, $"wm{advisor:000}_{number}");

    /// <summary>Since when the customers of the common name are there, Unix seconds: before the product was.</summary>
    public const long Before = 1_780_000_000;

    /// <summary>The customers of the common name, with their advisors.</summary>
    public static IEnumerable<(string Customer, string Advisor)> Common { get; } =
        [.. Enumerable.Range(0, Advisors).SelectMany(index => (string[])["a", "b"], (index, which) => (string.Create(CultureInfo.InvariantCulture, $"wmseed{index}{which}"), Advisor(index)))];

    public static string Group(int advisor, int number) => string.Create(CultureInfo.InvariantCulture, $"wr{advisor:000}_{number}");
}

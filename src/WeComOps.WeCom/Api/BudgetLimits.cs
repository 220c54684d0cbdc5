using WeComOps.Primitives;

namespace WeComOps.WeCom.Api;

/// <summary>How much, and for how long (doc 90312).</summary>
internal static class BudgetLimits
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan FirstBlock = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan NextBlock = TimeSpan.FromMinutes(60);

    /// <summary>WeCom: 10,000 a minute per corp and API.</summary>
    private const int DefaultPerMinute = 5000;

    /// <summary>Paths with a documented limit of their own, halved.</summary>
    private static readonly Dictionary<string, int> Documented = new(StringComparer.Ordinal)
    {
        ["/cgi-bin/externalcontact/add_moment_task"] = 5,
    };

    /// <summary>What the running code may use: all of it, or for batch work four fifths, so that whoever waits finds the rest.</summary>
    public static int PerMinute(WeComOptions options, string path)
    {
        var all = options.Budgets.TryGetValue(path, out var configured) ? configured : Documented.GetValueOrDefault(path, DefaultPerMinute);
        return BatchWork.IsCurrent ? all - (all / 5) : all;
    }
}

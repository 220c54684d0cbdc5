using System.Globalization;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Language;

/// <summary>Numbers and times as they are written on screen; times are Asia/Shanghai.</summary>
internal static class Figures
{
    public static string Score(decimal? score) => score is { } value ? Decimals.Round(value, 1).ToString("0.0", CultureInfo.InvariantCulture) : "–";

    public static string Count(decimal value) => Decimals.Round(value, 1).ToString("#,##0.#", CultureInfo.InvariantCulture);

    public static string Percent(decimal rate) => Decimals.Round(rate * 100, 1).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    public static string Money(decimal amount, string? currency) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture) + " " + (currency ?? "CNY");

    /// <summary>The value in the metric's own unit: a rate as percent, the others per 100 or per 1,000.</summary>
    public static string Value(Line line) => line.Value is not { } value ? "–" : Value(line.Metric, value);

    public static string Value(string metric, decimal value) => IsRate(metric) ? Percent(value) : Decimals.Round(value, 2).ToString("0.0#", CultureInfo.InvariantCulture);

    public static bool IsRate(string metric) => metric is Metric.AcceptanceRate or Metric.QuestionsHelped || Metric.Actions.Contains(metric);

    public static string Time(DateTimeOffset at) => ShanghaiTime.ToLocal(at).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Hour(DateTimeOffset at) => ShanghaiTime.ToLocal(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string FullTime(DateTimeOffset at) => ShanghaiTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long ago, in the largest unit that says enough.</summary>
    public static string Age(Texts t, TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => t["刚刚"],
        { TotalHours: < 1 } => t.Say("{0} 分钟前", (int)age.TotalMinutes),
        { TotalHours: < 48 } => t.Say("{0} 小时前", (int)age.TotalHours),
        _ => t.Say("{0} 天前", (int)age.TotalDays),
    };

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string ShortDay(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace WeComOps.Sandbox.Story;

/// <summary>Days, weeks and the five-minute grid of Asia/Shanghai (UTC+8, no daylight saving).</summary>
internal static class ShanghaiTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    public static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    public static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Offset);

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    public static int Minute(DateTimeOffset at) => (int)Local(at).TimeOfDay.TotalMinutes;

    public static DateTimeOffset At(DateOnly day, int minute) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).AddMinutes(minute);

    /// <summary>The first tick strictly after a moment.</summary>
    public static DateTimeOffset TickAfter(DateTimeOffset at)
    {
        var local = Local(at);
        return new DateTimeOffset((local.Ticks / Tick.Ticks + 1) * Tick.Ticks, Offset);
    }

    /// <summary>The last tick at or before a moment.</summary>
    public static DateTimeOffset TickAtOrBefore(DateTimeOffset at)
    {
        var local = Local(at);
        return new DateTimeOffset(local.Ticks / Tick.Ticks * Tick.Ticks, Offset);
    }

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>ISO week such as 2026-W46.</summary>
    public static string Week(DateTimeOffset at)
    {
        var day = Local(at).DateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}");
    }

    /// <summary>Start (inclusive) and end (exclusive) of an ISO week, or null when the text is none.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? ParseWeek(string? week)
    {
        if (week is not { Length: 8 } || week[4] != '-' || week[5] != 'W') return null;
        if (!int.TryParse(week.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return null;
        if (!int.TryParse(week.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        if (year is < 1900 or > 9000 || number < 1 || number > ISOWeek.GetWeeksInYear(year)) return null;
        var from = At(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)), 0);
        return (from, from.AddDays(7));
    }

    public static string Iso(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

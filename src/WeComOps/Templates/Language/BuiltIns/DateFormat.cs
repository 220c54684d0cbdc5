using System.Globalization;
using System.Text;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>Dates by the percent codes of strftime, as far as Scriban knows them. A code that it would print as it stands is refused.</summary>
internal static class DateFormat
{
    /// <summary>What a date prints as when nothing else is said.</summary>
    public const string Default = "%d %b %Y";

    /// <summary>The one language beside the invariant culture; null where the system is set up without languages.</summary>
    public static readonly CultureInfo? Chinese = FindChinese();

    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static CultureInfo? FindChinese()
    {
        try
        {
            return CultureInfo.GetCultureInfo("zh-CN");
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The first code that is not known, as a problem.</summary>
    public static Problem? Check(string pattern)
    {
        for (var i = 0; i < pattern.Length - 1; i++)
        {
            if (pattern[i] != '%')
                continue;
            i++;
            if (Part(null, default, pattern[i], CultureInfo.InvariantCulture) is null)
                return Problems.DateFormat(pattern[i..Math.Min(pattern.Length, i + 2)]);
        }

        return null;
    }

    /// <summary>Whether a pattern has no code that a country writes in its own order or counts in its own way.</summary>
    public static bool IsNamed(string pattern)
    {
        for (var i = 0; i < pattern.Length - 1; i++)
        {
            if (pattern[i] == '%' && "cDrUWxX".Contains(pattern[++i], StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    public static string Format(Location at, DateTime date, string pattern, CultureInfo? culture = null)
    {
        var result = new StringBuilder(pattern.Length + 16);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
                result.Append(pattern[i]);
            else
                result.Append(Part(at, date, pattern[++i], culture ?? CultureInfo.InvariantCulture) ?? throw new RenderException(at, Problems.DateFormat(pattern[i].ToString())));
        }

        return result.ToString();
    }

    private static string? Part(Location? at, DateTime date, char code, CultureInfo culture) => code switch
    {
        'a' => date.ToString("ddd", culture),
        'A' => date.ToString("dddd", culture),
        'b' or 'h' => date.ToString("MMM", culture),
        'B' => date.ToString("MMMM", culture),
        'c' => Net(date, "ddd MMM dd HH:mm:ss yyyy"),
        'C' => Net(date.Year / 100, 2),
        'd' => Net(date, "dd"),
        'D' or 'x' => Net(date, code == 'D' ? "MM/dd/yy" : "MM/dd/yyyy"),
        'e' => Net(date, "%d").PadLeft(2),
        'F' => Net(date, "yyyy-MM-dd"),
        'H' => Net(date, "HH"),
        'I' => Net(date, "hh"),
        'j' => Net(date.DayOfYear, 3),
        'k' => Net(date, "%H").PadLeft(2),
        'l' => Net(date, "%h").PadLeft(2),
        'L' => Net(date, "fff"),
        'm' => Net(date, "MM"),
        'M' => Net(date, "mm"),
        'n' => "\n",
        'N' => Net(date, "fffffff") + "00",
        'p' => date.ToString("tt", culture),
        'P' => date.ToString("tt", culture).ToLowerInvariant(),
        'r' => Net(date, "hh:mm:ss tt"),
        'R' => Net(date, "HH:mm"),
        's' => Seconds(at, date),
        'S' => Net(date, "ss"),
        't' => "\t",
        'T' or 'X' => Net(date, "HH:mm:ss"),
        'u' => Net(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1),
        'U' => Week(date, CalendarWeekRule.FirstDay, DayOfWeek.Sunday),
        'v' => $"{Net(date, "%d").PadLeft(2)}-{Net(date, "MMM").ToUpperInvariant()}-{Net(date.Year, 4)}",
        'V' => Week(date, CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Monday),
        'w' => Net((int)date.DayOfWeek, 1),
        'W' => Week(date, CalendarWeekRule.FirstDay, DayOfWeek.Monday),
        'y' => Net(date, "yy"),
        'Y' => Net(date, "yyyy"),
        '%' => "%",
        _ => null,
    };

    /// <summary>An hour that the clocks of 1986 to 1991 left out in spring has no seconds.</summary>
    private static string Seconds(Location? at, DateTime date)
    {
        if (at is { } place && Shanghai.IsInvalidTime(date))
            throw new RenderException(place, Problems.UnreadableDate());
        return ((long)(TimeZoneInfo.ConvertTimeToUtc(date, Shanghai) - DateTime.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static string Net(DateTime date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static string Net(int number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static string Week(DateTime date, CalendarWeekRule rule, DayOfWeek firstDay) =>
        Net(CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(date, rule, firstDay), 2);
}

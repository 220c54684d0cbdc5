using System.Globalization;
using WeComOps.Primitives;

namespace WeComOps.Directory;

/// <summary>Section <c>Calendar</c>: what the weekday does not tell.</summary>
public sealed class CalendarOptions
{
    public const string SectionName = "Calendar";

    /// <summary>Public holidays, as days (2026-10-01) or closed ranges (2026-10-01/2026-10-07).</summary>
    public List<string> Holidays { get; set; } = [];

    /// <summary>Weekend days worked to make up for a holiday (调休).</summary>
    public List<string> Workdays { get; set; } = [];

    /// <summary>Hours in which service time runs, Shanghai time, as <c>09:00-12:00</c>.</summary>
    public List<string> Shifts { get; set; } = [];

    public IEnumerable<string> Validate()
    {
        foreach (var (name, entries) in new[] { ("Holidays", Holidays), ("Workdays", Workdays) })
        {
            foreach (var entry in entries)
            {
                if (!BusinessCalendar.TryParseDays(entry, out _))
                {
                    yield return $"Calendar:{name} has '{entry}'. Write a day as 2026-10-01 or a range as 2026-10-01/2026-10-07.";
                }
            }
        }

        foreach (var shift in Shifts)
        {
            if (!BusinessCalendar.TryParseShift(shift, out _))
            {
                yield return $"Calendar:Shifts has '{shift}'. Write a shift as 09:00-12:00, the end after the start.";
            }
        }
    }
}

/// <summary>Working days and business minutes in Shanghai time.</summary>
public sealed class BusinessCalendar
{
    private static readonly (TimeOnly From, TimeOnly To)[] DefaultShifts =
        [(new TimeOnly(9, 0), new TimeOnly(12, 0)), (new TimeOnly(13, 30), new TimeOnly(17, 30))];

    private readonly HashSet<DateOnly> _holidays;
    private readonly HashSet<DateOnly> _workdays;
    private readonly (TimeOnly From, TimeOnly To)[] _shifts;

    /// <exception cref="FormatException">An entry is not a day, range or shift.</exception>
    public BusinessCalendar(CalendarOptions options)
    {
        _holidays = [.. options.Holidays.SelectMany(Days)];
        _workdays = [.. options.Workdays.SelectMany(Days)];
        _shifts = options.Shifts.Count == 0 ? DefaultShifts : [.. options.Shifts.Select(Shift).OrderBy(shift => shift.From)];
    }

    public bool IsWorkday(DateOnly day) => _workdays.Contains(day)
        || (!_holidays.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    public IEnumerable<DateOnly> WorkdaysBetween(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (IsWorkday(day))
            {
                yield return day;
            }
        }
    }

    /// <summary>The instant at which the given number of business minutes has passed since <paramref name="start"/>.</summary>
    /// <exception cref="InvalidOperationException">The calendar has no working day within two years.</exception>
    public DateTimeOffset AddMinutes(DateTimeOffset start, int minutes)
    {
        var remaining = TimeSpan.FromMinutes(minutes);
        var firstDay = ShanghaiTime.DayOf(start);
        for (var offset = 0; offset < 731; offset++)
        {
            var day = firstDay.AddDays(offset);
            if (!IsWorkday(day))
            {
                continue;
            }

            foreach (var (from, to) in _shifts)
            {
                var opens = ShanghaiTime.At(day, from);
                var begin = opens > start ? opens : start;
                var left = ShanghaiTime.At(day, to) - begin;
                if (left <= TimeSpan.Zero)
                {
                    continue;
                }

                if (remaining <= left)
                {
                    return begin + remaining;
                }

                remaining -= left;
            }
        }

        throw new InvalidOperationException("The calendar has no working time in the next two years. Check Calendar:Holidays and Calendar:Shifts.");
    }

    internal static bool TryParseDays(string entry, out (DateOnly From, DateOnly To) days)
    {
        var parts = entry.Split('/');
        days = default;
        if (parts.Length is 0 or > 2 || !TryParseDay(parts[0], out var from) || !TryParseDay(parts[^1], out var to) || to < from)
        {
            return false;
        }

        days = (from, to);
        return true;
    }

    internal static bool TryParseShift(string entry, out (TimeOnly From, TimeOnly To) shift)
    {
        var parts = entry.Split('-');
        shift = default;
        if (parts.Length != 2
            || !TimeOnly.TryParseExact(parts[0], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            || !TimeOnly.TryParseExact(parts[1], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)
            || to <= from)
        {
            return false;
        }

        shift = (from, to);
        return true;
    }

    private static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static IEnumerable<DateOnly> Days(string entry)
    {
        if (!TryParseDays(entry, out var days))
        {
            throw new FormatException($"'{entry}' is no day and no range of days.");
        }

        for (var day = days.From; day <= days.To; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static (TimeOnly From, TimeOnly To) Shift(string entry) => TryParseShift(entry, out var shift)
        ? shift
        : throw new FormatException($"'{entry}' is no shift.");
}

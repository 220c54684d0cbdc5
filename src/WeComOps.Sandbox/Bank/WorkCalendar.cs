using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Bank;

/// <summary>Working days of the bank and working time of an advisor.</summary>
internal sealed class WorkCalendar(SandboxOptions options)
{
    private readonly HashSet<DateOnly> _holidays = [.. options.Holidays];
    private readonly HashSet<DateOnly> _workdays = [.. options.Workdays];

    public bool IsWorkday(DateOnly day) =>
        _workdays.Contains(day) || (!_holidays.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    public bool Works(Advisor advisor, DateOnly day) => IsWorkday(day) && !advisor.Leave.Contains(day);

    /// <summary>
    /// The tick after so many minutes of an advisor's time, counting only between two minutes of the day on days they work;
    /// null when that takes more than three weeks.
    /// </summary>
    public DateTimeOffset? After(Advisor advisor, DateTimeOffset from, int minutes, int opens, int closes)
    {
        var day = ShanghaiTime.Day(from);
        var minute = ShanghaiTime.Minute(from);
        for (var days = 0; days < 21; days++)
        {
            if (Works(advisor, day))
            {
                var start = Math.Max(minute, opens);
                if (start + minutes <= closes)
                {
                    var tick = ShanghaiTime.TickAtOrBefore(ShanghaiTime.At(day, start + minutes));
                    return tick > from ? tick : ShanghaiTime.TickAfter(from);
                }

                minutes -= Math.Max(0, closes - start);
            }

            day = day.AddDays(1);
            minute = 0;
        }

        return null;
    }
}

using WeComOps.Directory;
using WeComOps.Primitives;

namespace WeComOps.Tests.Directory;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar Calendar = new(new CalendarOptions { Holidays = ["2026-10-01/2026-10-07"], Workdays = ["2026-10-10"] });

    [Theory]
    [InlineData("2026-11-09", true)]
    [InlineData("2026-11-14", false)]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-10", true)] // a Saturday worked for the holiday
    public void Holidays_and_make_up_days_decide_before_the_weekday(string day, bool works) =>
        Assert.Equal(works, Calendar.IsWorkday(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-09 10:00", 60, "2026-11-09 11:00")]
    [InlineData("2026-11-09 11:30", 60, "2026-11-09 14:00")] // over lunch
    [InlineData("2026-11-09 12:30", 30, "2026-11-09 14:00")] // asked at lunch
    [InlineData("2026-11-09 20:00", 60, "2026-11-10 10:00")] // asked in the evening
    [InlineData("2026-11-13 17:00", 60, "2026-11-16 09:30")] // over the weekend
    [InlineData("2026-09-30 17:00", 60, "2026-10-08 09:30")] // over the holiday
    [InlineData("2026-11-09 08:00", 420, "2026-11-09 17:30")] // exactly the whole day
    public void Business_minutes_run_in_the_shifts_only(string start, int minutes, string end) => Assert.Equal(At(end), Calendar.AddMinutes(At(start), minutes));

    [Fact]
    public void A_bad_entry_is_named_with_its_form()
    {
        var faults = new CalendarOptions { Holidays = ["2026-13-01"], Shifts = ["12:00-09:00"] }.Validate().ToArray();
        Assert.Equal(2, faults.Length);
        Assert.Contains("2026-10-01/2026-10-07", faults[0], StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return ShanghaiTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}

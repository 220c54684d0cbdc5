namespace WeComOps.Primitives;

/// <summary>
/// The business calendar's time zone. Times are stored as UTC; a <em>day</em> is always an Asia/Shanghai day (UTC+8, no
/// daylight saving since 1991), whatever the machine's zone is.
/// </summary>
public static class ShanghaiTime
{
    /// <summary>UTC+8. A fixed offset, so that results do not depend on the machine's time-zone data.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static readonly TimeZoneInfo Zone =
        TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", Offset, "Asia/Shanghai", "Asia/Shanghai");

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    public static DateTimeOffset ToLocal(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The instant of a Shanghai wall-clock time, as UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) =>
        new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();

    public static DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The current instant at millisecond precision: what the stores keep.</summary>
    public static DateTimeOffset GetNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}

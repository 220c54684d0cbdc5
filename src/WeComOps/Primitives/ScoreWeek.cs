using System.Globalization;

namespace WeComOps.Primitives;

/// <summary>An ISO 8601 week, Monday to Sunday in Asia/Shanghai, written <c>2026-W46</c>.</summary>
public readonly record struct ScoreWeek : IComparable<ScoreWeek>
{
    private readonly DateOnly _monday;

    private ScoreWeek(DateOnly monday) => _monday = monday;

    public DateOnly Monday => _monday;

    public DateOnly Sunday => _monday.AddDays(6);

    /// <summary>Monday 00:00 Shanghai, as UTC.</summary>
    public DateTimeOffset Start => ShanghaiTime.StartOf(_monday);

    /// <summary>The next Monday 00:00 Shanghai, as UTC; exclusive.</summary>
    public DateTimeOffset End => ShanghaiTime.StartOf(_monday.AddDays(7));

    public ScoreWeek Next => new(_monday.AddDays(7));

    public ScoreWeek Previous => new(_monday.AddDays(-7));

    public IEnumerable<DateOnly> Days
    {
        get
        {
            for (var i = 0; i < 7; i++)
            {
                yield return _monday.AddDays(i);
            }
        }
    }

    public static ScoreWeek Of(DateOnly day) => new(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)));

    public static ScoreWeek Of(DateTimeOffset instant) => Of(ShanghaiTime.DayOf(instant));

    public bool Contains(DateOnly day) => day >= _monday && day <= Sunday;

    public static bool TryParse(string? text, out ScoreWeek week)
    {
        week = default;
        if (text is not { Length: 8 } || text[4] != '-' || text[5] != 'W'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(6, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || year is < 2000 or > 9998 || number < 1 || number > ISOWeek.GetWeeksInYear(year))
        {
            return false;
        }

        week = new ScoreWeek(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)));
        return true;
    }

    /// <exception cref="FormatException">The text is no ISO week such as <c>2026-W46</c>.</exception>
    public static ScoreWeek Parse(string text) => TryParse(text, out var week)
        ? week
        : throw new FormatException($"'{text}' is not a week. Write it as 2026-W46 (ISO week, Monday to Sunday).");

    public int CompareTo(ScoreWeek other) => _monday.CompareTo(other._monday);

    public static bool operator <(ScoreWeek left, ScoreWeek right) => left.CompareTo(right) < 0;

    public static bool operator >(ScoreWeek left, ScoreWeek right) => left.CompareTo(right) > 0;

    public static bool operator <=(ScoreWeek left, ScoreWeek right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ScoreWeek left, ScoreWeek right) => left.CompareTo(right) >= 0;

    public override string ToString()
    {
        var date = _monday.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date):0000}-W{ISOWeek.GetWeekOfYear(date):00}");
    }
}

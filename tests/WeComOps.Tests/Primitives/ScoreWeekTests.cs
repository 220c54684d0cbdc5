using WeComOps.Primitives;

namespace WeComOps.Tests.Primitives;

public sealed class ScoreWeekTests
{
    [Theory]
    [InlineData("2026-11-08T15:59:59Z", "2026-W45")] // Sunday 23:59:59 in Shanghai
    [InlineData("2026-11-08T16:00:00Z", "2026-W46")] // Monday 00:00
    [InlineData("2026-12-31T16:00:00Z", "2026-W53")] // 1 January 2027 is a Friday
    public void An_instant_belongs_to_the_Shanghai_week(string instant, string week) =>
        Assert.Equal(week, ScoreWeek.Of(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)).ToString());

    [Theory]
    [InlineData("2026-W00")]
    [InlineData("2026-W54")]
    [InlineData("2025-W53")]
    [InlineData("2026W46")]
    [InlineData("2026-46")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_week_is_refused(string? text) => Assert.False(ScoreWeek.TryParse(text, out _));

    [Fact]
    public void A_week_is_written_as_it_is_read()
    {
        for (var day = new DateOnly(2020, 1, 1); day.Year < 2036; day = day.AddDays(3))
        {
            var week = ScoreWeek.Of(day);
            Assert.Equal(week, ScoreWeek.Parse(week.ToString()));
            Assert.True(week.Contains(day));
        }
    }
}

using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>
/// Facts that a week's card can depend on: seven days before (a friend is credited to the last sending day up to a week
/// back, a question asked on Friday is due on Monday) to two days after (48-hour outcomes belong to the week of the exposure).
/// </summary>
public readonly record struct FactWindow(ScoreWeek Week)
{
    public DateOnly From => Week.Monday.AddDays(-7);

    public DateOnly To => Week.Sunday.AddDays(2);
}

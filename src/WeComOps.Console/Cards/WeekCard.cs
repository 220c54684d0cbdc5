using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Cards;

/// <summary>A week's card as it stands: stored, or counted just now.</summary>
internal sealed class WeekCard(Card card, DateTimeOffset asOf, string? digest, int revision)
{
    private readonly Dictionary<string, SubjectScore> _front = ByName(card.Front);
    private readonly Dictionary<string, SubjectScore> _mid = ByName(card.Mid);

    public Card Card => card;

    /// <summary>When it was computed, UTC.</summary>
    public DateTimeOffset AsOf => asOf;

    /// <summary>Null: not stored, may still change.</summary>
    public string? Digest => digest;

    /// <summary>0: not stored.</summary>
    public int Revision => revision;

    public ScoreWeek Week => Card.Week;

    public bool IsStored => Digest is not null;

    /// <summary>Advisor days whose statistics have not arrived.</summary>
    public int Gaps => Card.Readiness.Sum(day => Math.Max(0, day.Expected - day.Arrived));

    public int Expected => Card.Readiness.Sum(day => day.Expected);

    /// <summary>The last day of which every statistic has arrived; null: none yet.</summary>
    public DateOnly? CompleteTo
    {
        get
        {
            DateOnly? last = null;
            foreach (var day in Card.Readiness.OrderBy(day => day.Day).TakeWhile(day => day.Arrived >= day.Expected))
            {
                last = day.Day;
            }

            return last;
        }
    }

    public SubjectScore? Front(string subject) => _front.GetValueOrDefault(subject);

    public SubjectScore? Mid(string subject) => _mid.GetValueOrDefault(subject);

    public IEnumerable<SubjectScore> FrontOf(string prefix) => Card.Front.Where(score => score.Subject.StartsWith(prefix, StringComparison.Ordinal));

    public IEnumerable<SubjectScore> MidOf(string prefix) => Card.Mid.Where(score => score.Subject.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The number, wherever it stands on the card.</summary>
    public Line? Find(string metric, string subject) =>
        (Metric.Actions.Contains(metric) ? Front(subject) : Mid(subject))?.Lines.FirstOrDefault(line => line.Metric == metric);

    private static Dictionary<string, SubjectScore> ByName(IReadOnlyList<SubjectScore> scores) =>
        scores.ToDictionary(score => score.Subject, StringComparer.Ordinal);
}

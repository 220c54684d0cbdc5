using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>
/// First pass over the window: what a fact's meaning depends on but that may stand anywhere in it. Keeps keys and times,
/// never whole facts, so that its size follows the number of assignments and not of events.
/// </summary>
internal sealed class WeekIndex(ScoreWeek week)
{
    private readonly Dictionary<(string Advisor, DateOnly Day), (long Sent, ContentRef? Content)> _requests = [];
    private readonly HashSet<FactRef> _excused = [];
    private readonly Dictionary<(string Action, string Instruction, string Advisor), (DateTimeOffset At, FactRef Fact)> _done = [];
    private readonly Dictionary<string, (DateTimeOffset At, ContentRef Content, string? Branch)> _postsByLink = new(StringComparer.Ordinal);
    private readonly Dictionary<FactRef, (DateTimeOffset At, FactRef Fact)> _answers = [];
    private readonly Dictionary<DateOnly, (HashSet<string> Expected, HashSet<string> Arrived)> _days = [];

    public void Add(Fact fact)
    {
        switch (fact.Kind)
        {
            case FactKind.RequestsSent:
                _requests.TryGetValue((fact.Advisor!, fact.Day), out var known);
                _requests[(fact.Advisor!, fact.Day)] = (known.Sent + fact.Quantity, known.Content ?? fact.Content);
                Day(fact.Day).Arrived.Add(fact.Advisor!);
                break;
            case FactKind.AssignmentGiven when fact.Class == ActionKind.FriendRequests:
                Day(fact.Day).Expected.Add(fact.Advisor!);
                break;
            case FactKind.AssignmentExcused when fact.Corrects is { } excused:
                _excused.Add(excused);
                break;
            case FactKind.MomentPublished:
                Done(ActionKind.Moments, fact);
                break;
            case FactKind.GroupCreated:
                Done(ActionKind.GroupBuilding, fact);
                break;
            case FactKind.GroupPostSent:
                Done(ActionKind.GroupPosts, fact);
                if (fact.Link is { } link && fact.Content is { } content
                    && (!_postsByLink.TryGetValue(link, out var first) || fact.OccurredAt < first.At))
                {
                    _postsByLink[link] = (fact.OccurredAt, content, fact.Branch);
                }

                break;
            case FactKind.AnswerUsed:
                Done(ActionKind.Replies, fact);
                break;
            case FactKind.AssignmentDone:
                Done(fact.Class!, fact);
                break;
            case FactKind.QuestionAnswered when fact.Cause is { } question:
                if (!_answers.TryGetValue(question, out var answered) || fact.OccurredAt < answered.At)
                {
                    _answers[question] = (fact.OccurredAt, fact.Ref);
                }

                break;
            default:
                break;
        }
    }

    public bool IsExcused(Fact assignment) => _excused.Contains(assignment.Ref);

    /// <summary>Requests the advisor sent on the day; null when the statistics have not arrived.</summary>
    public long? RequestsOn(string advisor, DateOnly day) =>
        _requests.TryGetValue((advisor, day), out var known) ? known.Sent : null;

    /// <summary>Copy in force on the advisor's latest sending day on or before the day, at most seven days back.</summary>
    public ContentRef? CopyBefore(string advisor, DateOnly day)
    {
        for (var back = 0; back <= 7; back++)
        {
            if (_requests.TryGetValue((advisor, day.AddDays(-back)), out var known) && known.Sent > 0)
            {
                return known.Content;
            }
        }

        return null;
    }

    /// <summary>The earliest evidence that the assignment was done, whether in time or not.</summary>
    public (DateTimeOffset At, FactRef Fact)? EvidenceOf(Fact assignment) =>
        assignment is { Content.Instruction: { } instruction, Advisor: { } advisor, Class: { } action }
        && _done.TryGetValue((action, instruction, advisor), out var done)
            ? done
            : null;

    public (DateTimeOffset At, FactRef Fact)? AnswerTo(FactRef question) => _answers.TryGetValue(question, out var answer) ? answer : null;

    public (DateTimeOffset At, ContentRef Content, string? Branch)? PostOf(string link) =>
        _postsByLink.TryGetValue(link, out var post) ? post : null;

    public IReadOnlyList<Readiness> Readiness => [.. week.Days
        .Where(_days.ContainsKey)
        .Select(day => new Readiness(day, _days[day].Expected.Count, _days[day].Expected.Count(_days[day].Arrived.Contains)))];

    private (HashSet<string> Expected, HashSet<string> Arrived) Day(DateOnly day)
    {
        if (!_days.TryGetValue(day, out var sets))
        {
            _days[day] = sets = ([], []);
        }

        return sets;
    }

    private void Done(string action, Fact fact)
    {
        if (fact is { Content.Instruction: { } instruction, Advisor: { } advisor })
        {
            var key = (action, instruction, advisor);
            if (!_done.TryGetValue(key, out var earliest) || fact.OccurredAt < earliest.At)
            {
                _done[key] = (fact.OccurredAt, fact.Ref);
            }
        }
    }
}

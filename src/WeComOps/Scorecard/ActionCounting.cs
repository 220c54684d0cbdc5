using System.Globalization;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>The front line's side: did the advisor do what the instruction said. Outcomes have no way in here.</summary>
internal static class ActionCounting
{
    public static void Count(Fact fact, ScoreWeek week, WeekIndex index, Tally tally)
    {
        if (fact.Kind != FactKind.AssignmentGiven || !week.Contains(fact.Day) || index.IsExcused(fact))
        {
            return;
        }

        var subjects = Subject.OfAction(fact).ToArray();
        var action = fact.Class!;
        if (action == ActionKind.FriendRequests)
        {
            if (index.RequestsOn(fact.Advisor!, fact.Day) is not { } sent)
            {
                tally.Missing(action, subjects, string.Create(CultureInfo.InvariantCulture, $"{fact.Advisor} {fact.Day:yyyy-MM-dd}"));
                return;
            }

            tally.Denominator(action, subjects, fact.Ref, 1);
            if (sent > 0)
            {
                tally.Numerator(action, subjects, fact.Ref, Math.Min(1m, (decimal)sent / fact.Quantity));
            }

            return;
        }

        tally.Denominator(action, subjects, fact.Ref, 1);
        if (index.EvidenceOf(fact) is { } done && done.At <= fact.DueAt)
        {
            tally.Numerator(action, subjects, done.Fact, 1);
        }
    }
}

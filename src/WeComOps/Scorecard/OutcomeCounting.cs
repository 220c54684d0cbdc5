using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>The mid-office's side: what its content brought. Whether advisors obeyed has no way in here.</summary>
internal static class OutcomeCounting
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(48);

    public static void Count(Fact fact, ScoreWeek week, WeekIndex index, ScorecardRules rules, Tally tally)
    {
        switch (fact.Kind)
        {
            case FactKind.RequestsSent when week.Contains(fact.Day) && fact.Content is { } copy:
                tally.Denominator(Metric.AcceptanceRate, Subject.OfContent(copy, fact.Branch), fact.Ref, fact.Quantity);
                break;

            case FactKind.FriendAdded when week.Contains(fact.Day) && fact.Class == FactClass.ByAdvisor
                && index.CopyBefore(fact.Advisor!, fact.Day) is { } copy:
                tally.Numerator(Metric.AcceptanceRate, Subject.OfContent(copy, fact.Branch), fact.Ref, 1);
                break;

            case FactKind.MomentPublished when week.Contains(fact.Day) && fact.Content is { } content:
                CountPublication(fact, content, tally);
                break;

            case FactKind.GroupPostSent when week.Contains(fact.Day) && fact.Content is { } content:
                tally.Denominator(
                    fact.Class == ExposureClass.JoinCopy ? Metric.JoinsByChoice : Metric.UsefulInteraction,
                    Subject.OfContent(content, fact.Branch), fact.Ref, 1);
                break;

            case FactKind.MomentCommented when fact is { Class: ExposureClass.Moment, Content: { } content, Cause: { } cause }
                && cause.Week == week && IsValuable(fact, rules):
                tally.DistinctNumerator(
                    Metric.ValuableEngagement, Subject.OfContent(content, fact.Branch), fact.Ref, $"{fact.Customer}|{fact.Push}");
                break;

            // Like comments: those of an invitation have no publications to stand beside.
            case FactKind.MomentLiked when fact is { Class: ExposureClass.Moment, Content: { } content, Cause: { } cause } && cause.Week == week:
                tally.Numerator(Metric.Likes, Subject.OfContent(content, fact.Branch), fact.Ref, 1);
                break;

            case FactKind.QuestionAsked:
                CountQuestion(fact, week, index, rules, tally);
                break;

            case FactKind.GroupJoined when week.Contains(fact.Day) && fact is { Class: FactClass.ByJoinCode, Content: { } content }:
                tally.Numerator(Metric.JoinsByChoice, Subject.OfContent(content, fact.Branch), fact.Ref, 1);
                break;

            case FactKind.LinkClicked when fact is { Class: FactClass.Human, Link: { } link }
                && index.PostOf(link) is { } post && IsWithin(fact.OccurredAt, post.At) && ScoreWeek.Of(post.At) == week:
                tally.Numerator(Metric.UsefulInteraction, Subject.OfContent(post.Content, post.Branch), fact.Ref, 1);
                break;

            case FactKind.SaleMade when fact is { Class: FactClass.Online, Content: { } content }:
                CountSale(fact, content, week, index, tally);
                break;

            case FactKind.SaleCancelled when fact is { Class: FactClass.Online, Content: { } content, Corrects: { } sale } && sale.Week == week:
                tally.Numerator(Metric.OnlineSales, Subject.OfContent(content, fact.Branch), fact.Ref, -1);
                break;

            case FactKind.AssignmentGiven when week.Contains(fact.Day) && fact is { Link: not null, Content: { } content } && !index.IsExcused(fact):
                tally.DistinctDenominator(Metric.OnlineSales, Subject.OfContent(content, fact.Branch), fact.Ref, fact.Advisor!);
                break;

            case FactKind.CustomersReached when week.Contains(fact.Day) && fact.Content is { } content:
                tally.Denominator(Metric.Harm, Subject.OfContent(content, fact.Branch), fact.Ref, fact.Quantity);
                break;

            case FactKind.FriendLost when fact is { Content: { } content, Cause: { } exposure } && exposure.Week == week:
                tally.Numerator(Metric.Harm, Subject.OfContent(content, fact.Branch), fact.Ref, 1);
                break;

            default:
                break;
        }
    }

    private static void CountPublication(Fact fact, ContentRef content, Tally tally)
    {
        var metric = fact.Class == ExposureClass.JoinCopy ? Metric.JoinsByChoice : Metric.ValuableEngagement;
        var subjects = Subject.OfContent(content, fact.Branch).ToArray();
        tally.Denominator(metric, subjects, fact.Ref, 1);
        if (metric == Metric.ValuableEngagement)
        {
            tally.Denominator(Metric.Likes, subjects, fact.Ref, 1);
            tally.Denominator(Metric.BenefitQuestions, subjects, fact.Ref, 1);
        }
    }

    private static void CountQuestion(Fact fact, ScoreWeek week, WeekIndex index, ScorecardRules rules, Tally tally)
    {
        if (fact.DueAt is { } due && ScoreWeek.Of(due) == week)
        {
            string[] desk = [Subject.Desk, Subject.Topic(fact.Topic!)];
            tally.Denominator(Metric.QuestionsHelped, desk, fact.Ref, 1);
            if (index.AnswerTo(fact.Ref) is { } answer && answer.At <= due)
            {
                tally.Numerator(Metric.QuestionsHelped, desk, answer.Fact, 1);
            }
        }

        if (fact is not { Content: { } content, Cause: { } exposure } || exposure.Week != week)
        {
            return;
        }

        var subjects = Subject.OfContent(content, fact.Branch).ToArray();
        if (!rules.InvestmentTopics.Contains(fact.Topic!))
        {
            if (fact is { Class: ExposureClass.Moment, Topic: "benefits" })
            {
                tally.Numerator(Metric.BenefitQuestions, subjects, fact.Ref, 1);
            }

            return;
        }

        if (fact.Class == ExposureClass.Moment && IsValuable(fact, rules))
        {
            tally.Numerator(Metric.ValuableEngagement, subjects, fact.Ref, 1);
        }
        else if (fact.Class == ExposureClass.GroupPost)
        {
            tally.Numerator(Metric.UsefulInteraction, subjects, fact.Ref, 1);
        }
    }

    private static void CountSale(Fact fact, ContentRef content, ScoreWeek week, WeekIndex index, Tally tally)
    {
        if (week.Contains(fact.Day))
        {
            tally.Numerator(Metric.OnlineSales, Subject.OfContent(content, fact.Branch), fact.Ref, 1);
        }

        if (fact.Link is { } link && index.PostOf(link) is { } post && IsWithin(fact.OccurredAt, post.At) && ScoreWeek.Of(post.At) == week)
        {
            tally.Numerator(Metric.UsefulInteraction, Subject.OfContent(post.Content, post.Branch), fact.Ref, 1);
        }
    }

    private static bool IsWithin(DateTimeOffset at, DateTimeOffset exposure) => at >= exposure && at - exposure <= Window;

    private static bool IsValuable(Fact fact, ScorecardRules rules) => fact.Tier is { } tier && rules.ValuableTiers.Contains(tier);
}

using WeComOps.Console.Cards;
using WeComOps.Console.Language;
using WeComOps.Console.Naming;
using WeComOps.Scorecard;

namespace WeComOps.Console.Findings;

/// <summary>One of the week's three things: a sentence made from the numbers, and where to check it.</summary>
/// <param name="Tone">harm, risk or good: red is for harm only.</param>
internal sealed record Finding(string Tone, string Text, string Metric, string Subject);

/// <summary>
/// What to talk about this week, by rules from the card alone. Ordered by what it costs to leave it: harm, gaps in the data,
/// asked in vain, not done, late answers, better wording, what to copy. At most one of each.
/// </summary>
internal static class WeekFindings
{
    public const int Most = 3;
    private const decimal InVain = 25;
    private const decimal Punctual = 0.8m;

    public static IReadOnlyList<Finding> Of(WeekCard card, Names names, Texts t) =>
        [.. All(card, names, t).OfType<Finding>().DistinctBy(finding => (finding.Metric, finding.Subject)).Take(Most)];

    private static IEnumerable<Finding?> All(WeekCard card, Names names, Texts t)
    {
        yield return Harm(card, names, t);
        yield return AskedInVain(card, names, t);
        yield return NotDone(card, names, t);
        yield return LateAnswers(card, t);
        yield return NothingCameBack(card, names, t);
        yield return BetterWording(card, names, t);
        yield return WorthCopying(card, names, t);
        yield return StartHere(card, names, t);
    }

    private static Finding? Harm(WeekCard card, Names names, Texts t)
    {
        var worst = Lines(card, "template:", Metric.Harm).Where(pair => pair.Line.Points < 100 && pair.Line.Value > 0)
            .OrderBy(pair => pair.Line.Points).ThenByDescending(pair => pair.Line.Numerator).FirstOrDefault();
        return worst.Line is not { } line ? null : new Finding(
            "harm",
            t.Say("《{0}》触达 {1} 位客户，48 小时内有 {2} 人删除客户经理，每千人比平常多 {3} 人。先停用，请作者改写。",
                names.Subject(t, worst.Subject), Figures.Count(line.Denominator), Figures.Count(line.Numerator), Figures.Value(line)),
            Metric.Harm, worst.Subject);
    }

    private static Finding? AskedInVain(WeekCard card, Names names, Texts t) => Foremost(
        card, Corner.Instruction, place => place.Action - place.Outcome, "risk", Labels.OutcomeScore,
        place => t.Say("{0}照做了（动作 {1} 分），成效只有 {2} 分。问题在工作要求，先看{3}。",
            names.Subject(t, place.Subject), Figures.Score(place.Action), Figures.Score(place.Outcome), WeakestOutcome(card, place.Subject, t)));

    private static Finding? NotDone(WeekCard card, Names names, Texts t) => Foremost(
        card, Corner.Execution, place => place.Outcome - place.Action, "risk", Labels.ActionScore,
        place => t.Say("{0}的内容有效（成效 {1} 分），动作只有 {2} 分，最少做的是{3}。",
            names.Subject(t, place.Subject), Figures.Score(place.Outcome), Figures.Score(place.Action), WeakestAction(card, place.Subject, t)));

    private static Finding? LateAnswers(WeekCard card, Texts t) =>
        card.Mid(Subject.Desk)?.Lines.FirstOrDefault(line => line.Metric == Metric.QuestionsHelped) is { Value: < Punctual, Points: not null } line
            ? new Finding(
                "risk",
                t.Say("应答台按时应答 {0}，有 {1} 个客户提问过了服务时间才答或还没有答。", Figures.Value(line), Figures.Count(line.Denominator - line.Numerator)),
                Metric.QuestionsHelped, Subject.Desk)
            : null;

    private static Finding? NothingCameBack(WeekCard card, Names names, Texts t) =>
        new[] { Metric.ValuableEngagement, Metric.UsefulInteraction, Metric.JoinsByChoice, Metric.AcceptanceRate }
            .SelectMany(metric => Lines(card, "template:", metric))
            .Where(pair => pair.Line.Points < InVain)
            .OrderBy(pair => pair.Line.Points).ThenByDescending(pair => pair.Line.Denominator).ThenBy(pair => pair.Subject, StringComparer.Ordinal)
            .Select(pair => new Finding(
                "risk",
                t.Say("《{0}》用了 {1} 次，{2}只有 {3}。投入没有带来结果，请作者说明或改写。",
                    names.Subject(t, pair.Subject), Figures.Count(pair.Line.Denominator), Labels.Metric(t, pair.Line.Metric), Figures.Value(pair.Line)),
                pair.Line.Metric, pair.Subject))
            .FirstOrDefault();

    private static Finding? BetterWording(WeekCard card, Names names, Texts t)
    {
        var copies = Lines(card, "template:", Metric.AcceptanceRate).Where(pair => pair.Line is { Points: not null, Interval: not null })
            .OrderByDescending(pair => pair.Line.Value).ToArray();
        if (copies.Length < 2)
        {
            return null;
        }

        var (best, worst) = (copies[0], copies[^1]);
        // Only when the intervals do not touch: else it may be luck.
        return best.Line.Interval!.Value.Low <= worst.Line.Interval!.Value.High ? null : new Finding(
            "good",
            t.Say("申请文案《{0}》通过率 {1}，《{2}》只有 {3}，差距不是偶然。建议换用前者。",
                names.Subject(t, best.Subject), Figures.Value(best.Line), names.Subject(t, worst.Subject), Figures.Value(worst.Line)),
            Metric.AcceptanceRate, best.Subject);
    }

    private static Finding? WorthCopying(WeekCard card, Names names, Texts t) => Foremost(
        card, Corner.Copy, place => place.Action + place.Outcome, "good", Labels.OutcomeScore,
        place => t.Say("{0}动作 {1} 分、成效 {2} 分，做法值得其他机构照做。", names.Subject(t, place.Subject), Figures.Score(place.Action), Figures.Score(place.Outcome)));

    private static Finding? StartHere(WeekCard card, Names names, Texts t) => Foremost(
        card, Corner.StartWithInstruction, place => -(place.Action + place.Outcome), "risk", Labels.OutcomeScore,
        place => t.Say("{0}动作 {1} 分、成效 {2} 分，两头都低。先查工作要求，再谈执行。", names.Subject(t, place.Subject), Figures.Score(place.Action), Figures.Score(place.Outcome)));

    /// <summary>Of the branches in a corner the one that weighs most, the first by id where several do.</summary>
    private static Finding? Foremost(
        WeekCard card, Corner corner, Func<(string Subject, decimal Action, decimal Outcome), decimal> weight, string tone, string metric,
        Func<(string Subject, decimal Action, decimal Outcome), string> say) =>
        InCorner(card, corner).OrderByDescending(weight).Select(place => new Finding(tone, say(place), metric, place.Subject)).FirstOrDefault();

    private static IEnumerable<(string Subject, decimal Action, decimal Outcome)> InCorner(WeekCard card, Corner corner)
    {
        foreach (var front in card.FrontOf("branch:").OrderBy(score => score.Subject, StringComparer.Ordinal))
        {
            if (front.Score is { } action && card.Mid(front.Subject)?.Score is { } outcome && Quadrant.Of(action, outcome) == corner)
            {
                yield return (front.Subject, action, outcome);
            }
        }
    }

    private static IEnumerable<(string Subject, Line Line)> Lines(WeekCard card, string prefix, string metric) =>
        from score in card.MidOf(prefix)
        from line in score.Lines
        where line.Metric == metric && line.Points is not null
        orderby score.Subject
        select (score.Subject, line);

    private static string WeakestOutcome(WeekCard card, string subject, Texts t) =>
        Weakest(card.Mid(subject)!.Lines.Where(line => line.Metric != Metric.Harm && !Metric.Context.Contains(line.Metric)), t);

    private static string WeakestAction(WeekCard card, string subject, Texts t) => Weakest(card.Front(subject)!.Lines, t);

    private static string Weakest(IEnumerable<Line> lines, Texts t) =>
        lines.Where(line => line.Points is not null).MinBy(line => line.Points) is { } line ? $"{Labels.Metric(t, line.Metric)}（{Figures.Value(line)}）" : t["各项"];
}

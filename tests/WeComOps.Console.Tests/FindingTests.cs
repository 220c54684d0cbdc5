using WeComOps.Console.Cards;
using WeComOps.Console.Findings;
using WeComOps.Console.Language;
using WeComOps.Console.Naming;
using WeComOps.Directory;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Tests;

public sealed class FindingTests
{
    private static readonly Texts T = new(english: false);
    private static readonly Names Known = new([new Branch("1", "城东支行", null)], [], [.. SampleBank.Templates(SampleData.Now)], SampleBank.People);

    private static WeekCard Card(IReadOnlyList<SubjectScore> front, IReadOnlyList<SubjectScore> mid) => new(
        new Card(ScoreWeek.Parse("2026-W46"), WeekState.Final, "r", "d", "w", [], front, mid), SampleData.Now, "digest", 1);

    private static Line Of(string metric, decimal numerator, decimal denominator, decimal value, decimal? points, (decimal, decimal)? interval = null) =>
        new(metric, numerator, denominator, value, points, 10, interval, (long)denominator, []);

    private static IReadOnlyList<Finding> Find(decimal? action, decimal? outcome) => WeekFindings.Of(
        Card(
            [new SubjectScore("branch:1", action, [Of("moments", 4, 10, 0.4m, 40), Of("replies", 9, 10, 0.9m, 90)])],
            [new SubjectScore("branch:1", outcome, [Of(Metric.ValuableEngagement, 1, 50, 2, 10), Of(Metric.OnlineSales, 2, 40, 5, 100)])]),
        Known, T);

    [Theory]
    [InlineData(92.0, 31.0, "城东支行照做了（动作 92.0 分），成效只有 31.0 分。问题在工作要求，先看高价值互动（2.0）。")]
    [InlineData(48.0, 80.0, "城东支行的内容有效（成效 80.0 分），动作只有 48.0 分，最少做的是朋友圈（40.0%）。")]
    [InlineData(90.0, 80.0, "城东支行动作 90.0 分、成效 80.0 分，做法值得其他机构照做。")]
    [InlineData(40.0, 20.0, "城东支行动作 40.0 分、成效 20.0 分，两头都低。先查工作要求，再谈执行。")]
    public void Each_corner_has_its_sentence(double action, double outcome, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Find((decimal)action, (decimal)outcome)).Text);

    [Theory]
    [InlineData(90.0, null)]
    [InlineData(null, 80.0)]
    public void What_has_no_score_has_no_sentence(double? action, double? outcome) => Assert.Empty(Find((decimal?)action, (decimal?)outcome));

    [Theory]
    [InlineData(75, 50, "可复制")]
    [InlineData(75, 49.9, "工作要求有问题")]
    [InlineData(74.9, 50, "执行不足")]
    [InlineData(74.9, 49.9, "从要求查起")]
    public void The_corners_meet_at_their_divides(double action, double outcome, string name) =>
        Assert.Equal(name, Quadrant.Name(Quadrant.Of((decimal)action, (decimal)outcome)));

    [Fact]
    public void Harm_comes_first_and_links_to_its_evidence()
    {
        var findings = WeekFindings.Of(
            Card(
                [new SubjectScore("branch:1", 92, [])],
                [new SubjectScore("branch:1", 31, []), new SubjectScore("template:coupon-push", 10, [Of(Metric.Harm, 28, 4140, 5.763m, 0)])]),
            Known, T);

        Assert.Equal("《周末满减来了》触达 4,140 位客户，48 小时内有 28 人删除客户经理，每千人比平常多 5.76 人。先停用，请作者改写。", findings[0].Text);
        Assert.Equal((Metric.Harm, "template:coupon-push", "harm"), (findings[0].Metric, findings[0].Subject, findings[0].Tone));
    }

    [Theory]
    [InlineData(0.30, 0.28, false)]
    [InlineData(0.30, 0.31, true)]
    public void A_better_wording_is_named_only_when_it_cannot_be_luck(double worstHigh, double bestLow, bool named)
    {
        var findings = WeekFindings.Of(
            Card([], [
                new SubjectScore("template:plain-hello", 80, [Of(Metric.AcceptanceRate, 380, 1000, 0.38m, 94, ((decimal)bestLow, 0.45m))]),
                new SubjectScore("template:coupon-hello", 40, [Of(Metric.AcceptanceRate, 200, 1000, 0.20m, 43, (0.15m, (decimal)worstHigh))]),
            ]),
            Known, T);

        Assert.Equal(named, findings.Any(finding => finding.Tone == "good"));
    }

    [Fact]
    public void There_are_never_more_than_three()
    {
        var mid = new[] { "coupon-push", "fed-cut", "gold-weekly" }
            .Select(id => new SubjectScore("template:" + id, 5, [Of(Metric.Harm, 50, 1000, 30, 0), Of(Metric.ValuableEngagement, 1, 100, 1, 5)]))
            .Append(new SubjectScore(Subject.Desk, 10, [Of(Metric.QuestionsHelped, 5, 10, 0.5m, 0)]))
            .Append(new SubjectScore("branch:1", 30, []));

        Assert.Equal(WeekFindings.Most, WeekFindings.Of(Card([new SubjectScore("branch:1", 90, [])], [.. mid]), Known, T).Count);
    }
}

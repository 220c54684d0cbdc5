using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Scorecard;

namespace WeComOps.Tests.Scorecard;

public sealed class OutcomeScoreTests
{
    [Fact]
    public async Task A_friend_is_credited_to_the_copy_of_the_latest_sending_day_at_most_a_week_back()
    {
        var card = await CardHarness.BuildAsync([
            Facts.Sent(-2, 300, template: "old-copy"), Facts.Sent(0, 300, template: "new-copy"), Facts.Sent(1, 0, template: "new-copy"),
            Facts.Friend("c1", Facts.At(1, 12)),
            Facts.Friend("c2", Facts.At(-1, 12)),
            Facts.Friend("c3", Facts.At(0, 12), advisor: "nobody-sent")]);

        Assert.Equal(1m, card.Mid.Line("template:new-copy", Metric.AcceptanceRate)!.Numerator);
        Assert.Null(card.Mid.Line("template:old-copy", Metric.AcceptanceRate));
    }

    [Fact]
    public async Task More_friends_than_requests_are_flagged_and_count_as_one()
    {
        var card = await CardHarness.BuildAsync([Facts.Sent(0, 2), Facts.Friend("c1", Facts.At(0, 9)), Facts.Friend("c2", Facts.At(0, 10)), Facts.Friend("c3", Facts.At(0, 11))]);
        var line = card.Mid.Line("template:gold", Metric.AcceptanceRate)!;
        Assert.Equal(1m, line.Value);
        Assert.NotEmpty(line.Missing);
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    public async Task Too_little_evidence_gives_no_score(int sent, bool scored)
    {
        var card = await CardHarness.BuildAsync([Facts.Sent(0, sent)]);
        Assert.Equal(scored, card.Mid.Score("template:gold") is not null);
    }

    [Fact]
    public async Task Content_that_was_pushed_and_brought_nothing_gets_zero()
    {
        var card = await CardHarness.BuildAsync(Enumerable.Range(0, 20).Select(number => Facts.Published(0, 10, advisor: $"a{number}")));
        Assert.Equal(0m, card.Mid.Score("editor:chen"));
    }

    [Fact]
    public async Task A_valuable_customer_counts_once_per_moment_and_others_not_at_all()
    {
        var publications = Enumerable.Range(0, 20).Select(number => Facts.Published(0, 10, advisor: $"a{number}")).ToArray();
        Fact Comment(string customer, string tier, int minute) => Facts.Of(FactKind.MomentCommented, $"m1:{customer}:{minute}", Facts.At(0, 11, minute)) with
        {
            Customer = customer,
            Tier = tier,
            Push = "m1",
            Class = ExposureClass.Moment,
            Content = Facts.Content(),
            Cause = publications[0].Ref,
        };
        var card = await CardHarness.BuildAsync([.. publications, Comment("v", "白金", 1), Comment("v", "白金", 2), Comment("o", "普通", 3)]);
        var line = card.Mid.Line("editor:chen", Metric.ValuableEngagement)!;
        Assert.Equal((1m, 20m, 5m), (line.Numerator, line.Denominator, line.Value!.Value));
    }

    [Theory]
    [InlineData(1, 100)] // the ordinary rate
    [InlineData(4, 88)] // 3 above it: 40 points, so 60 % of the penalty
    [InlineData(50, 80)] // the whole penalty
    public async Task Harm_lowers_a_score_by_at_most_twenty_and_only_above_the_ordinary_rate(int losses, int score)
    {
        var published = Facts.Published(0, 10);
        var card = await CardHarness.BuildAsync([
            .. Enumerable.Range(0, 20).Select(number => Facts.Published(0, 10, advisor: $"a{number}")),
            .. Enumerable.Range(0, 20).Select(number => Facts.Of(FactKind.MomentCommented, $"c{number}", Facts.At(0, 12)) with
            {
                Customer = $"c{number}", Tier = "私行", Push = "m1", Class = ExposureClass.Moment, Content = Facts.Content(), Cause = published.Ref,
            }),
            Facts.Of(FactKind.CustomersReached, "m1", Facts.At(0, 10)) with { Quantity = 1000, Content = Facts.Content() },
            .. Enumerable.Range(0, losses).Select(number => Facts.Of(FactKind.FriendLost, $"l{number}", Facts.At(1, 9)) with { Content = Facts.Content(), Cause = published.Ref })]);
        Assert.Equal(score, card.Mid.Score("editor:chen"));
    }

    [Fact]
    public async Task A_cancelled_sale_counts_against_the_week_of_the_sale()
    {
        var sale = Facts.Of(FactKind.SaleMade, "s1", Facts.At(3, 10)) with { Class = FactClass.Online, Content = Facts.Content(), Amount = 10_000m, Currency = "CNY" };
        var cancelled = Facts.Of(FactKind.SaleCancelled, "s1", Facts.At(20, 10)) with { Class = FactClass.Online, Content = Facts.Content(), Corrects = sale.Ref };
        var assignments = Enumerable.Range(0, 20).Select(number => Facts.Assigned(ActionKind.Moments, 0, advisor: $"a{number}", link: "t1")).ToArray();

        Assert.Equal(1m, (await CardHarness.BuildAsync([.. assignments, sale])).Mid.Line("editor:chen", Metric.OnlineSales)!.Numerator);
        Assert.Equal(0m, (await CardHarness.BuildAsync([.. assignments, sale, cancelled])).Mid.Line("editor:chen", Metric.OnlineSales)!.Numerator);
    }

    [Fact]
    public async Task A_face_to_face_sale_is_no_outcome()
    {
        var sale = Facts.Of(FactKind.SaleMade, "s1", Facts.At(3, 10)) with { Class = FactClass.FaceToFace, Content = Facts.Content() };
        var card = await CardHarness.BuildAsync([Facts.Assigned(ActionKind.Moments, 0, link: "t1"), sale]);
        Assert.Equal(0m, card.Mid.Line("editor:chen", Metric.OnlineSales)!.Numerator);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(90, 0)]
    public async Task A_question_is_helped_when_answered_within_the_service_time(int minutes, int helped)
    {
        var asked = Facts.Of(FactKind.QuestionAsked, "q1", Facts.At(0, 10)) with { Topic = "fund", DueAt = Facts.At(0, 11) };
        var answered = Facts.Of(FactKind.QuestionAnswered, "q1", Facts.At(0, 10).AddMinutes(minutes)) with { Cause = asked.Ref };
        var card = await CardHarness.BuildAsync([asked, answered]);
        Assert.Equal(helped, card.Mid.Line("desk:all", Metric.QuestionsHelped)!.Numerator);
    }
}

using System.Net;
using System.Text.Json;
using WeComOps.Console.Explaining;
using WeComOps.Console.Language;
using WeComOps.Scorecard;

namespace WeComOps.Console.Tests;

public sealed class ExplainTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static readonly Texts T = new(english: false);

    private static Line Of(string metric, decimal numerator, decimal denominator, decimal value, decimal? points, decimal weight = 0) =>
        new(metric, numerator, denominator, value, points, weight, Interval: null, (long)denominator, Missing: []);

    [Fact]
    public void A_rate_is_shown_with_its_figures_and_its_scale()
    {
        var formula = Formula.Of(Of(Metric.AcceptanceRate, 312, 1040, 0.3m, 71.428571m, 25), new ScorecardRules(), T);

        Assert.Equal("312 ÷ 1,040 = 30.0%", formula.Figures);
        Assert.Equal("5.0% 记 0 分，40.0% 记 100 分，中间按比例：得分 71.4，权重 25。", formula.Points);
    }

    [Fact]
    public void Harm_says_what_it_takes_from_the_total()
    {
        var formula = Formula.Of(Of(Metric.Harm, 14, 4000, 2.5m, 50), new ScorecardRules(), T);

        Assert.Equal("14 ÷ 4,000 × 1000 − 1 = 2.5", formula.Figures);
        Assert.EndsWith("得分 50.0，从总分里扣 10.0（最多 20）。", formula.Points, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_little_evidence_is_said_and_not_scored()
    {
        var formula = Formula.Of(Of(Metric.AcceptanceRate, 3, 120, 0.025m, points: null, 25), new ScorecardRules(), T);

        Assert.Equal("证据 120，少于 200：数据不足，不计分。", formula.Points);
    }

    [Fact]
    public void The_shares_of_a_total_add_up_to_it()
    {
        var score = new SubjectScore("branch:101", 45m,
            [Of(Metric.AcceptanceRate, 1, 1, 1, 60, 25), Of(Metric.ValuableEngagement, 1, 1, 1, 50, 20), Of(Metric.Harm, 1, 1, 1, 50), Of(Metric.Likes, 9, 1, 9, null)]);

        var parts = ScorePart.Of(score, new ScorecardRules());

        Assert.Equal((60m * 25 / 45) + (50m * 20 / 45) - 10, parts.Sum(part => part.Share ?? 0), precision: 10);
        Assert.Null(parts[3].Share);
    }

    [Fact]
    public async Task The_facts_of_a_number_add_up_to_the_number_on_the_card()
    {
        using var browser = await console.SignedInAsync(SampleBank.Manager);
        using var card = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/api/v1/scorecards/2026-W46", UriKind.Relative)));
        var line = card.RootElement.GetProperty("front").EnumerateArray().Single(score => score.GetProperty("subject").GetString() == "branch:103")
            .GetProperty("lines").EnumerateArray().Single(each => each.GetProperty("metric").GetString() == "friend_requests");

        using var facts = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/api/v1/scorecards/2026-W46/facts?metric=friend_requests&subject=branch:103", UriKind.Relative)));

        decimal SumOf(string side) => facts.RootElement.GetProperty("facts").EnumerateArray().Where(fact => fact.GetProperty("side").GetString() == side).Sum(fact => fact.GetProperty("amount").GetDecimal());
        Assert.Equal(line.GetProperty("numerator").GetDecimal(), SumOf("numerator"));
        Assert.Equal(line.GetProperty("denominator").GetDecimal(), SumOf("denominator"));
    }

    [Fact]
    public async Task The_drawer_gets_the_part_without_the_frame()
    {
        using var browser = await console.SignedInAsync(SampleBank.Manager);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/explain?week=2026-W46&metric=moments&subject=branch:101", UriKind.Relative));
        request.Headers.Add("X-Part", "drawer");

        using var answer = await browser.SendAsync(request);

        var part = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("<article", part.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("朋友圈完成率", part, StringComparison.Ordinal);
    }
}

using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class ScorecardStoreTests : ConformanceTests
{
    private static readonly StoredScorecard Card = new(ScoreWeek.Of(Given.Monday), 1, WeekState.Provisional, """{"week":"2026-W46","分":1.50}""", "d1", Given.Noon);

    [Fact]
    public async Task A_provisional_card_is_replaced_until_it_is_final()
    {
        await CommitAsync(changes => changes.Scorecards.Add(Card));
        var final = Card with { State = WeekState.Final, Json = "{}", Digest = "d2" };

        await CommitAsync(changes => changes.Scorecards.Add(final));

        Assert.Equal(final, await The<IScorecardStore>().LatestAsync(Card.Week, None));
    }

    [Fact]
    public async Task A_final_card_is_never_changed()
    {
        var final = Card with { State = WeekState.Final };
        await CommitAsync(changes => changes.Scorecards.Add(final));

        await CommitAsync(changes => changes.Scorecards.Add(final));
        foreach (var changed in (StoredScorecard[])[final with { Json = "{}" }, final with { Digest = "d2" }, Card])
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(changes => changes.Scorecards.Add(changed)));
        }

        Assert.Equal(final, await The<IScorecardStore>().LatestAsync(Card.Week, None));
    }

    [Fact]
    public async Task A_restatement_stands_beside_the_final_card()
    {
        var final = Card with { State = WeekState.Final };
        var restated = Card with { Revision = 2, State = WeekState.Restated, Json = "{}" };
        await CommitAsync(changes => changes.Scorecards.AddRange([restated, final, Card with { Week = Card.Week.Next }]));

        Assert.Equal([final, restated], await The<IScorecardStore>().HistoryAsync(Card.Week, None));
        Assert.Equal(restated, await The<IScorecardStore>().LatestAsync(Card.Week, None));
        Assert.Equal([Card.Week.Next, Card.Week], await The<IScorecardStore>().WeeksAsync(None));
        Assert.Null(await The<IScorecardStore>().LatestAsync(Card.Week.Previous, None));
    }
}

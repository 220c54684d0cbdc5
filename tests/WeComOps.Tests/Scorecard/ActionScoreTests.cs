using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Tests.Scorecard;

public sealed class ActionScoreTests
{
    [Fact]
    public async Task Requests_are_sent_divided_by_target_capped_at_one_per_assigned_day()
    {
        var card = await CardHarness.BuildAsync([
            Facts.FriendRequestsAssigned(0), Facts.FriendRequestsAssigned(1), Facts.FriendRequestsAssigned(2),
            Facts.Sent(0, 10), Facts.Sent(1, 35), Facts.Sent(2, 0)]);

        var line = card.Front.Line("advisor:a1", ActionKind.FriendRequests)!;
        Assert.Equal(1.5m, line.Numerator);
        Assert.Equal(3m, line.Denominator);
        Assert.Equal(50m, card.Front.Score("advisor:a1"));
    }

    [Fact]
    public async Task A_day_whose_statistics_have_not_arrived_is_out_of_both_sides()
    {
        var card = await CardHarness.BuildAsync([Facts.FriendRequestsAssigned(0), Facts.FriendRequestsAssigned(1), Facts.Sent(0, 20)]);

        var line = card.Front.Line("advisor:a1", ActionKind.FriendRequests)!;
        Assert.Equal((1m, 1m), (line.Numerator, line.Denominator));
        Assert.Equal(["a1 2026-11-10"], line.Missing);
        Assert.Contains(card.Readiness, day => day.Day == Facts.Monday.AddDays(1) && day is { Expected: 1, Arrived: 0 });
    }

    [Fact]
    public async Task A_corrected_statistic_adds_its_difference()
    {
        var correction = Facts.Sent(0, 5) with { Id = "requests_sent:a1:0:r1", Corrects = Facts.Sent(0, 0).Ref };
        var card = await CardHarness.BuildAsync([Facts.FriendRequestsAssigned(0), Facts.Sent(0, 10), correction]);
        Assert.Equal(0.75m, card.Front.Line("advisor:a1", ActionKind.FriendRequests)!.Value);
    }

    [Fact]
    public async Task An_excused_assignment_counts_on_no_side()
    {
        var given = Facts.Assigned(ActionKind.Moments, 0);
        var excused = Facts.Of(FactKind.AssignmentExcused, "x", Facts.At(0, 9)) with { Corrects = given.Ref };
        var card = await CardHarness.BuildAsync([given, excused]);
        Assert.Empty(card.Front);
    }

    [Theory]
    [InlineData(19, 1)]
    [InlineData(20, 1)] // exactly at the deadline: the poll falls there
    [InlineData(21, 0)]
    public async Task A_moment_counts_when_published_before_the_deadline(int hour, int done)
    {
        var card = await CardHarness.BuildAsync([Facts.Assigned(ActionKind.Moments, 0), Facts.Published(0, hour)]);
        Assert.Equal(done, card.Front.Line("advisor:a1", ActionKind.Moments)!.Numerator);
    }

    [Fact]
    public async Task The_score_weighs_only_the_actions_that_were_asked_for()
    {
        // friend requests half done (weight 40), moment done (weight 20): (40·0.5 + 20·1) / 60
        var card = await CardHarness.BuildAsync([
            Facts.FriendRequestsAssigned(0), Facts.Sent(0, 10), Facts.Assigned(ActionKind.Moments, 0), Facts.Published(0, 10)]);
        Assert.Equal(66.7m, Math.Round(card.Front.Score("advisor:a1")!.Value, 1));
    }

    [Fact]
    public async Task Outcomes_never_touch_the_action_score()
    {
        Fact[] actions = [Facts.FriendRequestsAssigned(0), Facts.Sent(0, 20)];
        var without = await CardHarness.BuildAsync(actions);
        var with = await CardHarness.BuildAsync([
            .. actions, .. Enumerable.Range(0, 300).Select(number => Facts.Friend($"c{number}", Facts.At(1, 10))),
            Facts.Of(FactKind.FriendLost, "c1", Facts.At(2, 9))]);
        Assert.Equal(without.Front.Score("advisor:a1"), with.Front.Score("advisor:a1"));
    }

    [Fact]
    public async Task An_advisor_without_assignments_has_no_score()
    {
        var card = await CardHarness.BuildAsync([Facts.Published(0, 10, advisor: "a2")]);
        Assert.Null(card.Front.Score("advisor:a2"));
    }

    [Fact]
    public async Task Sunday_midnight_in_Shanghai_divides_the_weeks()
    {
        var lastMinute = Facts.Assigned(ActionKind.Moments, 6) with { Id = "assignment_given:last" };
        var nextWeek = Facts.Assigned(ActionKind.Moments, 7) with { Id = "assignment_given:next" };
        var card = await CardHarness.BuildAsync([lastMinute, nextWeek]);
        Assert.Equal(1m, card.Front.Line("bank:all", ActionKind.Moments)!.Denominator);
    }
}

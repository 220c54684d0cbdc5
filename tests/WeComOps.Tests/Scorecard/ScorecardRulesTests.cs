using WeComOps.Scorecard;

namespace WeComOps.Tests.Scorecard;

public sealed class ScorecardRulesTests
{
    [Fact]
    public void The_default_rules_are_sound() => Assert.Empty(new ScorecardRules().Validate());

    [Theory]
    [InlineData("group_size")]
    [InlineData("customer_trust")]
    [InlineData("group_messages")]
    public void What_must_never_be_scored_cannot_be_given_weight(string metric)
    {
        var rules = new ScorecardRules();
        rules.ActionWeights[metric] = 1;
        rules.Outcomes[metric] = new OutcomeRule { Floor = 0, Target = 1, MinimumEvidence = 1, Weight = 1 };
        Assert.Equal(2, rules.Validate().Count(fault => fault.Contains("never be scored", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unknown_metric_is_refused_with_the_known_ones()
    {
        var rules = new ScorecardRules();
        rules.ActionWeights["telephone_calls"] = 10;
        Assert.Contains(rules.Validate(), fault => fault.Contains("friend_requests", StringComparison.Ordinal));
    }

    [Fact]
    public void Harm_can_only_lower_a_score()
    {
        var rules = new ScorecardRules();
        rules.Outcomes[Metric.Harm].Weight = 5;
        Assert.NotEmpty(rules.Validate());
    }

    [Fact]
    public void Every_value_that_can_change_a_score_changes_the_digest()
    {
        var digest = new ScorecardRules().ComputeDigest();
        var heavier = new ScorecardRules { HarmPenalty = 21 };
        var tiers = new ScorecardRules();
        tiers.ValuableTiers.Add("金卡");
        Assert.Equal(64, digest.Length);
        Assert.NotEqual(digest, heavier.ComputeDigest());
        Assert.NotEqual(digest, tiers.ComputeDigest());
        Assert.Equal(digest, new ScorecardRules { HarmBaseline = 1.00m }.ComputeDigest());
    }
}

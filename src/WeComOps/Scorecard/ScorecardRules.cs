using System.Globalization;
using System.Text;
using WeComOps.Instructions;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>
/// How facts become scores. Configuration (section <c>Scorecard</c>), with a version and a digest that every card names.
/// The set of metrics is closed: what must never be scored (replies, head count and message count of groups) has no name here.
/// </summary>
public sealed class ScorecardRules
{
    public const string SectionName = "Scorecard";

    /// <summary>Names that a rule may not use: they can be met without value and invite complaints.</summary>
    public static readonly IReadOnlySet<string> NeverScored = new HashSet<string>(StringComparer.Ordinal)
    {
        "customer_trust", "reply_rate", "reply_count", "group_size", "group_members", "group_messages", "group_activity", "friends_accepted_by_advisor",
    };

    /// <summary>Changes with every change of the rules.</summary>
    public string Version { get; set; } = "2026.1";

    /// <summary>Weight of each scored action; 0 leaves it out.</summary>
    public Dictionary<string, decimal> ActionWeights { get; set; } = new(StringComparer.Ordinal)
    {
        [ActionKind.FriendRequests] = 40,
        [ActionKind.Moments] = 20,
        [ActionKind.GroupBuilding] = 10,
        [ActionKind.GroupPosts] = 15,
        [ActionKind.Replies] = 15,
    };

    public Dictionary<string, OutcomeRule> Outcomes { get; set; } = new(StringComparer.Ordinal)
    {
        [Metric.AcceptanceRate] = new() { Floor = 0.05m, Target = 0.40m, MinimumEvidence = 200, Weight = 25 },
        [Metric.ValuableEngagement] = new() { Floor = 0, Target = 20, MinimumEvidence = 20, Weight = 20 },
        [Metric.JoinsByChoice] = new() { Floor = 0, Target = 50, MinimumEvidence = 10, Weight = 10 },
        [Metric.UsefulInteraction] = new() { Floor = 0, Target = 50, MinimumEvidence = 20, Weight = 10 },
        [Metric.QuestionsHelped] = new() { Floor = 0.50m, Target = 0.95m, MinimumEvidence = 5, Weight = 15 },
        [Metric.OnlineSales] = new() { Floor = 0, Target = 5, MinimumEvidence = 20, Weight = 20 },
        [Metric.Harm] = new() { Floor = 5, Target = 0, MinimumEvidence = 500, Weight = 0 },
    };

    /// <summary>Losses per 1,000 reached in 48 h that happen anyway.</summary>
    public decimal HarmBaseline { get; set; } = 1;

    /// <summary>Most that harm can take from a score.</summary>
    public decimal HarmPenalty { get; set; } = 20;

    /// <summary>Tiers whose customers are valuable. Set from <c>Customers:ValuableTiers</c>.</summary>
    public List<string> ValuableTiers { get; set; } = ["白金", "私行"];

    /// <summary>Topics that count as investment questions.</summary>
    public List<string> InvestmentTopics { get; set; } = ["fund", "deposit", "gold", "insurance", "wealth"];

    /// <summary>SHA-256 over every value that can change a score.</summary>
    public string ComputeDigest()
    {
        var text = new StringBuilder();
        void Line(string name, params object[] values) =>
            text.Append(name).Append('=').AppendJoin('|', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))).Append('\n');
        Line("version", Version);
        foreach (var (name, weight) in ActionWeights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Line("action." + name, Decimals.Normalize(weight));
        }

        foreach (var (name, rule) in Outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Line("outcome." + name, Decimals.Normalize(rule.Floor), Decimals.Normalize(rule.Target), rule.MinimumEvidence, Decimals.Normalize(rule.Weight));
        }

        Line("harm", Decimals.Normalize(HarmBaseline), Decimals.Normalize(HarmPenalty));
        Line("tiers", [.. ValuableTiers.Order(StringComparer.Ordinal)]);
        Line("topics", [.. InvestmentTopics.Order(StringComparer.Ordinal)]);
        return Digest.Of(text.ToString());
    }

    /// <summary>Every fault of the rules, each with what to do; empty when they are sound.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Version))
        {
            yield return "Scorecard:Version is empty. Name the rules, for example 2026.1; every card shows it.";
        }

        foreach (var (name, weight) in ActionWeights)
        {
            if (NeverScored.Contains(name))
            {
                yield return $"Scorecard:ActionWeights:{name} may never be scored. Remove it.";
            }
            else if (!Metric.Actions.Contains(name))
            {
                yield return $"Scorecard:ActionWeights:{name} is no action. Use one of: {string.Join(", ", Metric.Actions)}.";
            }

            if (weight < 0)
            {
                yield return $"Scorecard:ActionWeights:{name} is {weight.ToString(CultureInfo.InvariantCulture)}. Use 0 or more.";
            }
        }

        foreach (var (name, rule) in Outcomes)
        {
            if (NeverScored.Contains(name))
            {
                yield return $"Scorecard:Outcomes:{name} may never be scored. Remove it.";
            }
            else if (!Metric.Outcomes.Contains(name))
            {
                yield return $"Scorecard:Outcomes:{name} is no outcome. Use one of: {string.Join(", ", Metric.Outcomes)}.";
            }

            if (rule.Floor == rule.Target)
            {
                yield return $"Scorecard:Outcomes:{name} has the same floor and target. Points run from the floor (0) to the target (100): make them differ.";
            }

            if (rule.Weight < 0 || rule.MinimumEvidence < 1)
            {
                yield return $"Scorecard:Outcomes:{name} needs Weight 0 or more and MinimumEvidence 1 or more.";
            }

            if (name == Metric.Harm && rule.Weight != 0)
            {
                yield return "Scorecard:Outcomes:harm must have weight 0: harm only lowers a score, by at most Scorecard:HarmPenalty.";
            }
        }

        if (HarmBaseline < 0 || HarmPenalty is < 0 or > 100)
        {
            yield return "Scorecard:HarmBaseline must be 0 or more and Scorecard:HarmPenalty between 0 and 100.";
        }
    }
}

/// <summary>Points run from 0 at the floor to 100 at the target, straight between, clamped.</summary>
public sealed class OutcomeRule
{
    public decimal Floor { get; set; }

    public decimal Target { get; set; }

    /// <summary>Denominator below which there is no score (数据不足).</summary>
    public long MinimumEvidence { get; set; }

    public decimal Weight { get; set; }

    public decimal PointsOf(decimal value) => 100 * Math.Clamp((value - Floor) / (Target - Floor), 0, 1);
}

/// <summary>The closed list of metrics.</summary>
public static class Metric
{
    public const string AcceptanceRate = "acceptance_rate";
    public const string ValuableEngagement = "valuable_engagement";
    public const string JoinsByChoice = "joins_by_choice";
    public const string UsefulInteraction = "useful_interaction";
    public const string QuestionsHelped = "questions_helped";
    public const string OnlineSales = "online_sales";
    public const string Harm = "harm";

    // Context: shown beside the scores, never weighted.
    public const string BenefitQuestions = "benefit_questions";
    public const string Likes = "likes";

    /// <summary>In the order they are shown.</summary>
    public static readonly IReadOnlyList<string> Actions =
        [ActionKind.FriendRequests, ActionKind.Moments, ActionKind.GroupBuilding, ActionKind.GroupPosts, ActionKind.Replies];

    public static readonly IReadOnlyList<string> Outcomes =
        [AcceptanceRate, ValuableEngagement, JoinsByChoice, UsefulInteraction, QuestionsHelped, OnlineSales, Harm];

    public static readonly IReadOnlyList<string> Context = [BenefitQuestions, Likes];
}

using FsCheck;
using FsCheck.Fluent;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Scorecard;

namespace WeComOps.Tests.Scorecard;

/// <summary>Same facts, same card: whatever order they came in; and a card never leaves its bounds.</summary>
public sealed class ScorecardPropertyTests
{
    private static readonly Gen<Fact> AnyFact =
        from kind in Gen.Elements(
            FactKind.RequestsSent, FactKind.FriendAdded, FactKind.FriendLost, FactKind.MomentPublished, FactKind.CustomersReached, FactKind.AssignmentGiven,
            FactKind.QuestionAsked, FactKind.SaleMade, FactKind.GroupPostSent)
        from day in Gen.Choose(-8, 9)
        from hour in Gen.Choose(0, 23)
        from quantity in Gen.Choose(0, 400)
        from advisor in Gen.Elements("a1", "a2", "a3")
        from template in Gen.Elements("gold", "coupon")
        from number in Gen.Choose(0, 1000)
        select Facts.Of(kind, $"{advisor}:{number}:{day}", Facts.At(day, hour)) with
        {
            Advisor = advisor,
            Quantity = kind == FactKind.AssignmentGiven ? 20 : quantity,
            DueAt = Facts.At(day, 23),
            Topic = "fund",
            Tier = "白金",
            Content = Facts.Content(template),
            Cause = kind is FactKind.FriendLost or FactKind.QuestionAsked ? Facts.Published(0, 9).Ref : null,
            Class = kind switch
            {
                FactKind.AssignmentGiven => number % 2 == 0 ? ActionKind.FriendRequests : ActionKind.Moments,
                FactKind.FriendAdded => FactClass.ByAdvisor,
                FactKind.SaleMade => FactClass.Online,
                FactKind.GroupPostSent => "group_post",
                _ => "moment",
            },
        };

    private static Arbitrary<Fact[]> AnyWeek => AnyFact.ListOf().Select(facts => facts.DistinctBy(fact => fact.Ref).ToArray()).ToArbitrary();

    [Fact]
    public void The_order_in_which_facts_came_changes_no_byte() => Check.QuickThrowOnFailure(Prop.ForAll(AnyWeek, facts =>
    {
        var forward = CardJson.Write(CardHarness.BuildAsync(facts).GetAwaiter().GetResult());
        var backward = CardJson.Write(CardHarness.BuildAsync(facts.Reverse()).GetAwaiter().GetResult());
        return forward == backward;
    }));

    [Fact]
    public void Every_score_lies_between_0_and_100() => Check.QuickThrowOnFailure(Prop.ForAll(AnyWeek, facts =>
    {
        var card = CardHarness.BuildAsync(facts).GetAwaiter().GetResult();
        return card.Front.Concat(card.Mid).All(subject => subject.Score is null or (>= 0 and <= 100));
    }));

    [Fact]
    public void What_explains_a_number_adds_up_to_it() => Check.QuickThrowOnFailure(Prop.ForAll(AnyWeek, facts =>
    {
        var builder = new ScorecardBuilder(new ScorecardRules());
        var card = CardHarness.BuildAsync(facts).GetAwaiter().GetResult();
        return card.Front.Concat(card.Mid).All(subject => subject.Lines.All(line =>
        {
            // A subject such as the bank stands on both sides: metrics are of one side only, so names never clash.
            var parts = builder.ExplainAsync(Facts.Week, line.Metric, subject.Subject, CardHarness.Source(facts), CancellationToken.None).GetAwaiter().GetResult();
            return parts.Where(part => part.Side == "numerator").Sum(part => part.Amount) == line.Numerator
                && parts.Where(part => part.Side == "denominator").Sum(part => part.Amount) == line.Denominator;
        }));
    }));
}

using System.Globalization;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Console.Tests;

/// <summary>A week of the invented bank as facts: repeatable, no randomness but a counter.</summary>
internal sealed class SampleWeek(ScoreWeek week, int seed)
{
    private readonly Changes _changes = new();
    private uint _state = (uint)(seed * 2654435761) | 1;
    private int _number;

    public Changes Build(IReadOnlyList<Member> members, DateOnly until)
    {
        Issue(InstructionKind.FriendRequests, "fr", "每日好友申请", SampleBank.Content("plain-hello", Id("fr")), 40);
        Issue(InstructionKind.FriendRequests, "fr2", "每日好友申请（活动版）", SampleBank.Content("coupon-hello", Id("fr2")), 40);
        Issue(InstructionKind.Moment, "mo", "美联储降息解读", SampleBank.Content("fed-cut", Id("mo")), 0);
        Issue(InstructionKind.Moment, "mo2", "周末满减", SampleBank.Content("coupon-push", Id("mo2")), 0);
        Issue(InstructionKind.GroupPost, "gp", "黄金周评", SampleBank.Content("gold-weekly", Id("gp")), 0);
        foreach (var member in members)
        {
            var (_, _, zeal, luck) = SampleBank.Branches.First(branch => branch.Id == member.BranchId);
            Requests(member, zeal, luck, until);
            Push(member, "mo", ActionKind.Moments, "fed-cut", FactKind.MomentPublished, ExposureClass.Moment, 1, zeal, luck, harm: 0.02m);
            Push(member, "mo2", ActionKind.Moments, "coupon-push", FactKind.MomentPublished, ExposureClass.Moment, 3, zeal, luck * 0.1m, harm: 0.7m);
            Push(member, "gp", ActionKind.GroupPosts, "gold-weekly", FactKind.GroupPostSent, ExposureClass.GroupPost, 2, zeal, luck, harm: 0.02m);
            Question(member, luck);
        }

        return _changes;
    }

    private string Id(string prefix) => $"{prefix}-{week.ToString().ToLowerInvariant()}";

    private bool Chance(decimal share)
    {
        _state = (_state * 1664525) + 1013904223;
        return (_state >> 8) % 1000 < share * 1000;
    }

    private void Issue(InstructionKind kind, string prefix, string title, ContentRef content, int target) => _changes.Instructions.Add(new Instruction(
        Id(prefix), kind, title, content, week.Start, ShanghaiTime.At(week.Monday.AddDays(4), new TimeOnly(20, 0)), [.. SampleBank.Branches.Select(branch => branch.Id)],
        target, null, new LinkDestination("https://m.bank.example/p", "稳健 90 天", "理财"), InstructionState.Open, week.Start, "e-lin"));

    private Fact New(FactKind kind, DateTimeOffset at, Member member, ContentRef? content) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{kind.Name()}:{week}:{++_number}"),
        Day = ShanghaiTime.DayOf(at),
        Kind = kind,
        OccurredAt = at,
        Advisor = member.UserId,
        Branch = member.BranchId,
        Content = content,
        Source = string.Create(CultureInfo.InvariantCulture, $"pull:sample:{week}"),
        RecordedAt = at,
    };

    private void Give(Member member, string prefix, string action, ContentRef content, DateTimeOffset due, int target, string? link)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{Id(prefix)}:{action}:{member.UserId}:{ShanghaiTime.DayOf(due):yyyy-MM-dd}");
        _changes.Assignments.Add(new Assignment(id, Id(prefix), action, member.UserId, member.BranchId, ShanghaiTime.DayOf(due), due, target, null));
        _changes.Record(New(FactKind.AssignmentGiven, week.Start, member, content) with { Id = "assignment_given:" + id, Day = ShanghaiTime.DayOf(due), DueAt = due, Class = action, Quantity = target, Link = link });
    }

    private void Requests(Member member, decimal zeal, decimal luck, DateOnly until)
    {
        var coupon = member.UserId.EndsWith('3') || member.UserId.EndsWith('7');
        var (prefix, content) = coupon ? ("fr2", SampleBank.Content("coupon-hello", Id("fr2"))) : ("fr", SampleBank.Content("plain-hello", Id("fr")));
        for (var i = 0; i < 5; i++)
        {
            var day = week.Monday.AddDays(i);
            Give(member, prefix, ActionKind.FriendRequests, content, ShanghaiTime.At(day, new TimeOnly(23, 59, 59)), 40, link: null);
            if (day > until)
            {
                continue;
            }

            var sent = Chance(zeal) ? 40 : 12;
            _changes.Record(New(FactKind.RequestsSent, ShanghaiTime.At(day, new TimeOnly(18, 0)), member, content) with { Quantity = sent });
            for (var n = 0; n < sent; n++)
            {
                if (Chance((coupon ? 0.05m : 0.12m) + (luck * 0.25m)))
                {
                    _changes.Record(New(FactKind.FriendAdded, ShanghaiTime.At(day, new TimeOnly(19, n)), member, null) with { Class = FactClass.ByAdvisor, Customer = $"wm{member.UserId}{i}{n}" });
                }
            }
        }
    }

    private void Push(Member member, string prefix, string action, string template, FactKind kind, string exposure, int day, decimal zeal, decimal luck, decimal harm)
    {
        var content = SampleBank.Content(template, Id(prefix));
        var token = $"tok{Id(prefix)}{member.UserId}";
        Give(member, prefix, action, content, ShanghaiTime.At(week.Monday.AddDays(4), new TimeOnly(20, 0)), 1, token);
        if (!Chance(zeal))
        {
            return;
        }

        var at = ShanghaiTime.At(week.Monday.AddDays(day), new TimeOnly(10, 0));
        var done = New(kind, at, member, content) with { Class = exposure, Link = token, Push = Id(prefix) };
        _changes.Record(done);
        _changes.Record(New(FactKind.CustomersReached, at, member, content) with { Quantity = 90, Class = exposure, Cause = done.Ref });
        var later = at.AddHours(5);
        if (kind == FactKind.MomentPublished && Chance(luck * 0.4m))
        {
            _changes.Record(New(FactKind.MomentCommented, later, member, content) with { Class = exposure, Customer = "wmv" + member.UserId, Tier = "私行", Push = Id(prefix), Cause = done.Ref });
        }

        if (Chance(luck * 0.7m))
        {
            _changes.Record(New(FactKind.LinkClicked, later, member, content) with { Class = FactClass.Human, Link = token });
        }

        if (Chance(luck * 0.12m))
        {
            _changes.Record(New(FactKind.SaleMade, later.AddHours(1), member, content) with { Class = FactClass.Online, Link = token, Product = "稳健 90 天", Amount = 50_000, Currency = "CNY" });
        }

        if (Chance(harm))
        {
            _changes.Record(New(FactKind.FriendLost, later, member, content) with { Class = exposure, Customer = "wml" + member.UserId, Cause = done.Ref });
        }
    }

    private void Question(Member member, decimal luck)
    {
        if (!Chance(0.5m))
        {
            return;
        }

        var asked = ShanghaiTime.At(week.Monday.AddDays(2), new TimeOnly(10, 30));
        var question = New(FactKind.QuestionAsked, asked, member, null) with { DueAt = asked.AddHours(1), Topic = luck > 0.5m ? "gold" : "wealth", Customer = "wmq" + member.UserId };
        _changes.Record(question);
        if (!Chance(0.75m))
        {
            return;
        }

        _changes.Record(New(FactKind.QuestionAnswered, asked.AddMinutes(35), member, null) with { Cause = question.Ref, Topic = question.Topic });
        var reply = new ContentRef("question:" + question.Id, "free-answer", 0, null, "a-he", "应答台", null);
        _changes.Record(New(FactKind.AssignmentGiven, asked.AddMinutes(35), member, reply) with { Class = ActionKind.Replies, DueAt = asked.AddHours(6), Cause = question.Ref });
        _changes.Record(New(FactKind.AnswerUsed, asked.AddHours(2), member, reply) with { Cause = question.Ref });
    }
}

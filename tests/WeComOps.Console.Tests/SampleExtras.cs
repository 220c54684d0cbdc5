using Microsoft.Extensions.DependencyInjection;
using WeComOps.Answers;
using WeComOps.Customers;
using WeComOps.Healing;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Primitives;
using WeComOps.Sales;

namespace WeComOps.Console.Tests;

/// <summary>Questions, links, sales, groups and friends for the lists.</summary>
internal static class SampleExtras
{
    public static async Task FillAsync(IServiceProvider services)
    {
        var now = SampleData.Now;
        var changes = new Changes();
        changes.Customers.Add(new Customer("wm1", "陈女士", "u1"));
        changes.Questions.Add(Ask("q-1", "现在黄金还能买吗？家里想配一点。", "gold", now.AddMinutes(-50), now.AddMinutes(10)));
        changes.Questions.Add(Ask("q-2", "立减金领不到怎么办？", "benefits", now.AddMinutes(-20), now.AddMinutes(40)));
        changes.Questions.Add(Ask("q-3", "降息以后大额存单会不会再降？", "deposit", now.AddMinutes(-90), now.AddMinutes(-30)));
        changes.Questions.Add(Ask("q-4", "年金险和增额寿有什么差别？", "insurance", now.AddHours(-20), now.AddHours(-19))
            .Claim("a-he", now.AddHours(-20), TimeSpan.FromMinutes(15)).GiveAnswer("a-he", "年金险按约定给付，增额寿保额逐年增加，看您要现金流还是要传承。", null, now.AddHours(-19.5), now));
        var link = new TrackedLink("tokenfortheconsole01", "https://m.bank.example/p", SampleBank.Content("fed-cut", "mo-2026-w46"), null, null, "稳健 90 天", "理财", now.AddDays(-5));
        changes.Links.Add(link);
        changes.Links.Add(link with { Token = "tokenfortheconsole02", Content = SampleBank.Content("gold-weekly", "gp-2026-w46"), Advisor = "adv10100", Branch = "101", Product = "积存金", ProductLine = "黄金" });
        changes.Clicks.Add(new Click("c_1", link.Token, now.AddDays(-4), FactClass.Human, "v1", "GET", "Mozilla/5.0"));
        changes.Clicks.Add(new Click("c_2", link.Token, now.AddDays(-4), FactClass.Bot, "v2", "HEAD", "bot"));
        var sale = new Sale("core", "O-1", 1, 1, SaleKind.Sale, "稳健 90 天", "理财", 50_000, "CNY", now.AddDays(-3), "app", FaceToFace: false, "c_1", null, null);
        changes.Sales.Add(new RecordedSale(sale, new FactRef(new DateOnly(2026, 11, 14), "sale_made:core/O-1/1/1"), now.AddDays(-3), link.Token, "adv10300", "fed-cut"));
        changes.Sales.Add(new RecordedSale(sale with { OrderId = "O-2", Kind = SaleKind.Cancel, Amount = 50_000 }, new FactRef(new DateOnly(2026, 11, 15), "sale_cancelled:core/O-2/1/1"), now.AddDays(-2), link.Token, "adv10100", "fed-cut"));
        changes.Groups.Add(new CustomerGroup("chat-1", "城东支行·赵敏的理财群", "adv10100", now.AddDays(-9), "v1", Dismissed: false, Instruction: null));
        changes.GroupMembers.Add(new GroupMembership("chat-1", "wm1", now.AddDays(-8), null, null));
        changes.Friendships.AddRange(Enumerable.Range(0, 7).Select(n => new Friendship("adv10100", $"wmf{n}", now.AddDays(-n), 1, "adv10100", null, null)));
        AddChecks(changes, now);
        changes.Audit.Add(new AuditEntry(now, "e-lin", "issue-instruction", "mo-2026-w46", "fed-cut@1"));
        await services.GetRequiredService<IChangeStore>().CommitAsync(changes, CancellationToken.None);
    }

    /// <summary>A night that found something, and a day that WeCom counts otherwise, in two branches.</summary>
    private static void AddChecks(Changes changes, DateTimeOffset now)
    {
        var look = new HealRun(
            "20261101T000000000", HealReason.FirstLook, now.AddDays(-15), now.AddDays(-15), string.Empty, [], HealStage.Customers, string.Empty,
            new HealCounts(Pages: 3, Advisors: 24), HeldUntil: null, Hindrance: null, FinishedAt: null);
        changes.HealRuns.Add(look.Finish(now.AddDays(-15)));
        changes.HealRuns.Add((look with
        {
            Id = "20261116T194500000",
            Reason = HealReason.Nightly,
            StartedAt = now.AddHours(-5),
            Counts = new HealCounts(Pages: 7, Advisors: 24, Added: 1, Ended: 2),
        }).Finish(now.AddHours(-4.9)));
        foreach (var (advisor, branch) in ((string, string)[])[("adv10100", "101"), ("adv10200", "102")])
        {
            var ended = new Fact
            {
                Id = $"friend_lost:{advisor}:wmgone:after:1",
                Day = new DateOnly(2026, 11, 16),
                Kind = FactKind.FriendLost,
                OccurredAt = now.AddHours(-5),
                Advisor = advisor,
                Branch = branch,
                Customer = "wmgone",
                Class = FactClass.TimeUnknown,
                Source = "pull:customer:20261116T194500000:" + advisor,
                RecordedAt = now.AddHours(-5),
            };
            changes.Record(ended);
            changes.HealFindings.Add(new HealFinding("20261116T194500000", FindingKind.Ended, ended.Id, advisor, "wmgone", null, ended.Ref, null, now.AddHours(-5)));
            changes.CountGaps.Add(new CountGap(ended.Day, advisor, branch, CountedThing.Lost, 3, 1, "pull:behavior:" + advisor, now.AddHours(-4)));
            changes.Sources.Add(new RawSource("pull:behavior:" + advisor, "pull", now.AddHours(-4), $$"""{"errcode":0,"behavior_data":[{"negative_feedback_cnt":3,"userid":"{{advisor}}"}]}"""));
        }
    }

    private static Question Ask(string id, string text, string topic, DateTimeOffset at, DateTimeOffset due) => new(
        id, "adv10100", "101", "wm1", "白金", text, topic, at, due, QuestionState.Open, "inbox:" + id, [], null, null, null, null, null, null, null, null, null);
}

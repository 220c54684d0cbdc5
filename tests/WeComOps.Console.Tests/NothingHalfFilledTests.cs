using Microsoft.Extensions.DependencyInjection;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

/// <summary>What is missing is told before anything is queued (reliability.md, fault 34): no customer is ever greeted with a gap.</summary>
public sealed class NothingHalfFilledTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private const string Matter = "kind: group_post\ntitle: 还款提醒\nproductType: none\naudience: 房贷客户";

    [Theory]
    [InlineData("no-value", "variables:\n  month: { type: text, sample: 十一月 }", "{{ month }}的还款日快到了。", null, "month")]
    [InlineData("empty-value", "variables:\n  month: { type: text, sample: 十一月 }", "{{ month }}的还款日快到了。", " ", "month")]
    [InlineData("null-in-a-branch", "variables:\n  month: { type: text, sample: 十一月 }", "尊敬的{{ if month == \"十一月\" }}{{ x = \"客户\" }}{{ end }}{{ x }}，您好", "十二月", "x")]
    [InlineData("no-figure", "market:\n  lpr: { type: number, sample: \"3.5\", source: 央行, at: 2026-11-17 }", "五年期 LPR 是 {{ market.lpr.value }}%。", null, "lpr")]
    public async Task A_value_that_is_missing_queues_nothing(string id, string matter, string body, string? month, string told)
    {
        var services = console.Services;
        var now = SampleData.Now;
        var changes = new Changes();
        changes.Templates.Add(new Template(id, TemplateKind.GroupPost, "还款提醒", "e-lin", "财富内容组", null, [])
            .SaveDraft($"---\n{Matter}\n{matter}\n---\n{body}\n", now.AddDays(-2)).Submit(now.AddDays(-2)).Approve("r-gu", now.AddDays(-1)));
        await services.GetRequiredService<IChangeStore>().CommitAsync(changes, CancellationToken.None);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (month is not null)
            values["month"] = month;

        var refusal = await services.GetRequiredService<IssueInstruction>().IssueAsync(
            new NewInstruction(id, InstructionKind.GroupPost, "还款提醒", id, now.AddHours(1), now.AddDays(2), ["101"], [], 0, null, null, values), "e-lin", CancellationToken.None);

        Assert.Contains(told, refusal, StringComparison.Ordinal);
        Assert.Null(await services.GetRequiredService<IInstructionStore>().FindAsync(id, CancellationToken.None));
        Assert.Empty(await services.GetRequiredService<IInstructionStore>().AssignmentsAsync(id, CancellationToken.None));
        Assert.Empty(await services.GetRequiredService<IPushStore>().OfInstructionAsync(id, CancellationToken.None));
    }
}

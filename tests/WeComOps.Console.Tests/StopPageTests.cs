using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Instructions;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

/// <summary>Ending an instruction and taking content out of use, by those who may.</summary>
public sealed class StopPageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task A_manager_stops_an_instruction_with_a_reason_and_the_page_says_so()
    {
        await IssueAsync("stop-1", ["101"]);
        using var manager = await console.SignedInAsync(SampleBank.Manager);

        Assert.Contains("停止这个工作要求", await ReadAsync(manager, "/instructions/stop-1"), StringComparison.Ordinal);
        using var without = await ConsoleFixture.PostAsync(manager, "/instructions/stop-1", "/instructions/stop-1?handler=Stop", ("reason", " "));
        Assert.Null((await FindAsync("stop-1")).Stop);
        using var stopped = await ConsoleFixture.PostAsync(manager, "/instructions/stop-1", "/instructions/stop-1?handler=Stop", ("reason", "客户反映太多"));

        Assert.Equal(HttpStatusCode.Redirect, stopped.StatusCode);
        Assert.Equal((SampleBank.Manager.Id, "客户反映太多"), ((await FindAsync("stop-1")).Stop!.By, (await FindAsync("stop-1")).Stop!.Reason));
        var page = await ReadAsync(manager, "/instructions/stop-1");
        Assert.Contains("停止：客户反映太多", page, StringComparison.Ordinal);
        Assert.DoesNotContain("停止这个工作要求", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_stop_is_refused()
    {
        await IssueAsync("stop-2", ["101", "103"]);
        // The manager of one branch sees the instruction, but it is asked of another branch too.
        foreach (var person in new[] { SampleBank.Administrator, SampleBank.BranchManager })
        {
            using var browser = await console.SignedInAsync(person);
            Assert.DoesNotContain("停止这个工作要求", await ReadAsync(browser, "/instructions/stop-2"), StringComparison.Ordinal);
            using var refused = await ConsoleFixture.PostAsync(browser, "/instructions/stop-2", "/instructions/stop-2?handler=Stop", ("reason", "x"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Null((await FindAsync("stop-2")).Stop);
    }

    [Fact]
    public async Task A_reviewer_takes_content_out_of_use_and_it_can_be_issued_no_more()
    {
        await IssueAsync("stop-3", ["101"]);
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        Assert.Contains("stop-3", await ReadAsync(editor, "/instructions/new"), StringComparison.Ordinal);

        using var withdrawn = await ConsoleFixture.PostAsync(reviewer, "/templates/stop-3", "/templates/stop-3?handler=Withdraw", ("number", "1"), ("reason", "表述过时"));

        Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);
        var version = (await console.Services.GetRequiredService<ITemplateStore>().FindAsync("stop-3", CancellationToken.None))!.Latest!;
        Assert.Equal((VersionState.Withdrawn, "表述过时"), (version.State, version.Withdrawal!.Reason));
        Assert.Contains("停用：表述过时", await ReadAsync(editor, "/templates/stop-3"), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"stop-3\"", await ReadAsync(editor, "/instructions/new"), StringComparison.Ordinal);
        using var manager = await console.SignedInAsync(SampleBank.Manager);
        using var refused = await ConsoleFixture.PostAsync(manager, "/templates/stop-3", "/templates/stop-3?handler=Withdraw", ("number", "1"), ("reason", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private async Task IssueAsync(string id, string[] branches)
    {
        var now = SampleData.Now;
        var changes = new Changes();
        changes.Templates.Add(new Template(id, TemplateKind.Moment, "停用试验 " + id, "e-lin", "财富内容组", null, [])
            .SaveDraft("---\nkind: moment\ntitle: 停用试验\nproductType: none\n---\n今天说说防骗。\n", now.AddDays(-2)).Submit(now.AddDays(-2)).Approve("r-gu", now.AddDays(-1)));
        await console.Services.GetRequiredService<IChangeStore>().CommitAsync(changes, CancellationToken.None);
        Assert.Null(await console.Services.GetRequiredService<IssueInstruction>().IssueAsync(
            new NewInstruction(id, InstructionKind.Moment, "防骗", id, now.AddHours(1), now.AddDays(2), branches, [], 0, null, null, new Dictionary<string, string>(StringComparer.Ordinal)),
            "e-lin", CancellationToken.None));
    }

    private async Task<Instruction> FindAsync(string id) => (await console.Services.GetRequiredService<IInstructionStore>().FindAsync(id, CancellationToken.None))!;

    private static async Task<string> ReadAsync(HttpClient browser, string path) => await browser.GetStringAsync(new Uri(path, UriKind.Relative));
}

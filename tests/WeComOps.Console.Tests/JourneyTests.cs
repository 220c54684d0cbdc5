using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Answers;
using WeComOps.Instructions;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

public sealed class JourneyTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task An_answer_leaves_the_queue_and_is_credited_to_the_person()
    {
        using var browser = await console.SignedInAsync(SampleBank.Answerer);

        using var answer = await ConsoleFixture.PostAsync(browser, "/questions?id=q-2", "/questions?handler=Answer", ("id", "q-2"), ("answer", "请在活动页重新领取，仍不成功请联系客服。"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var question = await console.Services.GetRequiredService<IQuestionStore>().FindAsync("q-2", CancellationToken.None);
        Assert.Equal((QuestionState.Answered, "a-he"), (question!.State, question.AnsweredBy));
    }

    [Fact]
    public async Task An_empty_answer_is_refused_and_nothing_is_sent()
    {
        using var browser = await console.SignedInAsync(SampleBank.Answerer);

        using var answer = await ConsoleFixture.PostAsync(browser, "/questions?id=q-1", "/questions?handler=Answer", ("id", "q-1"), ("answer", "  "));

        Assert.Contains("应答需要 1 到 600 个字", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await console.Services.GetRequiredService<IQuestionStore>().FindAsync("q-1", CancellationToken.None))!.AnsweredAt);
    }

    [Fact]
    public async Task An_answer_that_breaks_a_rule_is_kept_on_the_page_and_not_sent()
    {
        using var browser = await console.SignedInAsync(SampleBank.Answerer);

        using var answer = await ConsoleFixture.PostAsync(browser, "/questions?id=q-3", "/questions?handler=Answer", ("id", "q-3"), ("answer", "买我们的理财稳赚。"));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<q>稳赚</q>", page, StringComparison.Ordinal);
        Assert.Contains("买我们的理财稳赚。</textarea>", page, StringComparison.Ordinal);
        Assert.Null((await console.Services.GetRequiredService<IQuestionStore>().FindAsync("q-3", CancellationToken.None))!.AnsweredAt);
    }

    [Fact]
    public async Task An_answer_is_checked_while_it_is_written()
    {
        using var browser = await console.SignedInAsync(SampleBank.Answerer);

        using var checkedAnswer = await ConsoleFixture.PostAsync(browser, "/questions?id=q-1", "/questions?handler=Check&id=q-1", ("answer", "七日年化 2.1%"));

        Assert.Contains("is-warn", await checkedAnswer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_goes_from_draft_over_review_to_an_instruction()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        const string page = "/templates/rate-cut-note";
        const string source = "---\nkind: moment\ntitle: 降息提示\n---\n昨夜降息，活期利率短期不变。\n";

        using var saved = await ConsoleFixture.PostAsync(editor, "/templates/new", "/templates/new?handler=Save", ("newId", "rate-cut-note"), ("source", source));
        using var submitted = await ConsoleFixture.PostAsync(editor, page, page + "?handler=Submit");
        var read = await reviewer.GetStringAsync(new Uri(page, UriKind.Relative));
        using var approved = await ConsoleFixture.PostAsync(
            reviewer, page, page + "?handler=Approve", ("number", ConsoleFixture.FieldOf(read, "number")), ("digest", ConsoleFixture.FieldOf(read, "digest")));
        var template = await console.Services.GetRequiredService<ITemplateStore>().FindAsync("rate-cut-note", CancellationToken.None);
        Assert.Equal((1, "r-gu"), (template!.Approved!.Number, template.Approved.Reviewer));

        (string, string)[] form =
        [
            ("template", "rate-cut-note"), ("Form.Id", "rate-cut-1118"), ("Form.Title", "降息提示"), ("Form.From", "2026-11-18T08:30"), ("Form.Deadline", "2026-11-20T20:00"),
            ("Form.Branches", "101"), ("Form.Branches", "103"),
        ];
        using var looked = await ConsoleFixture.PostAsync(editor, "/instructions/new?template=fed-cut", "/instructions/new", form);
        var shown = await looked.Content.ReadAsStringAsync();
        Assert.Contains("昨夜降息，活期利率短期不变。", shown, StringComparison.Ordinal);
        Assert.Null(await console.Services.GetRequiredService<IInstructionStore>().FindAsync("rate-cut-1118", CancellationToken.None));
        using var issued = await ConsoleFixture.PostAsync(editor, "/instructions/new?template=fed-cut", "/instructions/new", [.. form, ("Form.Read", ConsoleFixture.ButtonOf(shown, "Form.Read"))]);

        Assert.Equal("/instructions/rate-cut-1118", issued.Headers.Location?.OriginalString);
        var instructions = console.Services.GetRequiredService<IInstructionStore>();
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), (await instructions.FindAsync("rate-cut-1118", CancellationToken.None))!.Deadline);
        Assert.All(await instructions.AssignmentsAsync("rate-cut-1118", CancellationToken.None), assignment => Assert.Contains(assignment.Branch, new[] { "101", "103" }));
    }

    [Fact]
    public async Task A_fault_is_shown_by_its_line_and_stops_the_submission()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        const string page = "/templates/with-fault";
        await ConsoleFixture.PostAsync(editor, "/templates/new", "/templates/new?handler=Save", ("newId", "with-fault"), ("source", "---\nkind: moment\ntitle: 有错\n---\n好\n{{ nobody }}\n"));

        var shown = await editor.GetStringAsync(new Uri(page, UriKind.Relative));
        await ConsoleFixture.PostAsync(editor, page, page + "?handler=Submit");

        Assert.Contains("第 6 行第 4 列", shown, StringComparison.Ordinal);
        var template = await console.Services.GetRequiredService<ITemplateStore>().FindAsync("with-fault", CancellationToken.None);
        Assert.Equal(VersionState.Draft, template!.Latest!.State);
    }
}

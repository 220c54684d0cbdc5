using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

/// <summary>What an editor and a reviewer see of a template, and what is kept of what they do.</summary>
public sealed class StudioTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private ITemplateStore Templates => console.Services.GetRequiredService<ITemplateStore>();

    [Fact]
    public async Task The_queue_holds_what_others_submitted_with_what_the_rules_found()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        await SaveAsync(editor, "queue-gold", Source("先买再说，手慢无。"));
        using var submitted = await SubmitAsync(editor, "queue-gold", Source("名额有限，手慢无。"));

        var queue = await reviewer.GetStringAsync(new Uri("/templates/review", UriKind.Relative));

        Assert.Contains("href=\"/templates/queue-gold\"", queue, StringComparison.Ordinal);
        Assert.Contains("请判断", queue, StringComparison.Ordinal);
        Assert.Contains("新内容", queue, StringComparison.Ordinal);
        Assert.True(queue.IndexOf("/templates/deposit-news", StringComparison.Ordinal) < queue.IndexOf("/templates/queue-gold", StringComparison.Ordinal), "The longest waiting is not first.");
        Assert.Contains("class=\"rail-count\"", queue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approval_of_what_is_no_longer_there_does_nothing_and_shows_the_change()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        await SaveAsync(editor, "moved-on", Source("第一稿。"));
        await SubmitAsync(editor, "moved-on", Source("第一稿。"));
        var read = await reviewer.GetStringAsync(new Uri("/templates/moved-on", UriKind.Relative));
        (string, string)[] seen = [("number", ConsoleFixture.FieldOf(read, "number")), ("digest", ConsoleFixture.FieldOf(read, "digest"))];
        using var returned = await ConsoleFixture.PostAsync(reviewer, "/templates/moved-on", "/templates/moved-on?handler=Return", [.. seen, ("comment", "再短一些")]);
        Assert.Equal(HttpStatusCode.Redirect, returned.StatusCode);
        await SubmitAsync(editor, "moved-on", Source("第二稿。"));

        using var approved = await ConsoleFixture.PostAsync(reviewer, "/templates/moved-on", "/templates/moved-on?handler=Approve", seen);

        Assert.Contains("/templates/moved-on/diff?from=1&amp;to=2", await approved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((2, VersionState.InReview), (await Templates.FindAsync("moved-on", CancellationToken.None))!.Latest is { } latest ? (latest.Number, latest.State) : default);
        var queue = await reviewer.GetStringAsync(new Uri("/templates/review", UriKind.Relative));
        Assert.Contains("/templates/moved-on/diff?from=1&amp;to=2", queue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_rules_find_stands_at_its_line_and_stops_the_submission()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        var broken = Source("第一行。\n这款理财稳赚。");
        await SaveAsync(editor, "breaks-a-rule", broken);

        var shown = await editor.GetStringAsync(new Uri("/templates/breaks-a-rule", UriKind.Relative));
        using var refused = await SubmitAsync(editor, "breaks-a-rule", broken);

        Assert.Contains("<span class=\"at-block\">9</span>", shown, StringComparison.Ordinal);
        Assert.Contains("<li data-at=\"9\" data-level=\"block\"", shown, StringComparison.Ordinal);
        Assert.Contains("<q>稳赚</q>", shown, StringComparison.Ordinal);
        Assert.Contains("《广告法》第二十五条", shown, StringComparison.Ordinal);
        Assert.Equal(VersionState.Draft, (await Templates.FindAsync("breaks-a-rule", CancellationToken.None))!.Latest!.State);
    }

    [Fact]
    public async Task The_findings_follow_the_text_that_is_not_saved_yet()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await SaveAsync(editor, "live-check", Source("很好。"));

        using var live = await ConsoleFixture.PostAsync(editor, "/templates/live-check", "/templates/live-check?handler=Preview", ("source", Source("这款理财稳赚。")));

        var part = await live.Content.ReadAsStringAsync();
        Assert.True(live.IsSuccessStatusCode, part);
        Assert.Contains("id=\"studio-lint\" hx-swap-oob=\"innerHTML\"", part, StringComparison.Ordinal);
        Assert.Contains("<li data-at=\"8\" data-level=\"block\"", part, StringComparison.Ordinal);
        Assert.Contains("disabled", part[part.IndexOf("id=\"submit-area\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_of_the_conditions_can_be_chosen()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        const string text = "---\nkind: moment\ntitle: x\nproductType: none\nvariables:\n  n: { type: number, sample: \"3\" }\n---\n{{ if n > 5 }}甲文{{ else }}乙文{{ end }}\n";
        await SaveAsync(editor, "two-ways", text);

        var shown = await editor.GetStringAsync(new Uri("/templates/two-ways", UriKind.Relative));
        using var chosen = await ConsoleFixture.PostAsync(editor, "/templates/two-ways", "/templates/two-ways?handler=Preview", ("source", text), ("way", ""), ("go", "0"));

        Assert.Contains("<div class=\"words\">乙文</div>", shown, StringComparison.Ordinal);
        Assert.Contains("分支 2 / 2：n &gt; 5 不成立", shown, StringComparison.Ordinal);
        Assert.Contains("<div class=\"words\">甲文</div>", await chosen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_kept_while_it_is_written_and_the_next_request_carries_on()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await SaveAsync(editor, "kept-draft", Source("一。"));
        const string page = "/templates/kept-draft";
        var revision = ConsoleFixture.FieldOf(await editor.GetStringAsync(new Uri(page, UriKind.Relative)), "revision");

        using var first = await ConsoleFixture.PostAsync(editor, page, page + "?handler=Autosave", ("source", Source("一二。")), ("revision", revision));
        var said = await first.Content.ReadAsStringAsync();
        using var second = await ConsoleFixture.PostAsync(editor, page, page + "?handler=Autosave", ("source", Source("一二三。")), ("revision", ConsoleFixture.FieldOf(said, "revision")));

        Assert.Contains("10:00 已自动保存 · 第 1 版草稿", said, StringComparison.Ordinal);
        Assert.Equal(Source("一二三。"), Assert.Single((await Templates.FindAsync("kept-draft", CancellationToken.None))!.Versions).Source);
    }

    [Fact]
    public async Task The_list_is_filtered_and_ordered_by_its_address()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await SaveAsync(editor, "list-b", Source("乙。").Replace("试写", "列表乙", StringComparison.Ordinal));
        await SaveAsync(editor, "list-a", Source("甲。").Replace("试写", "列表甲", StringComparison.Ordinal));

        var found = await editor.GetStringAsync(new Uri("/templates?q=列表&sort=-title", UriKind.Relative));
        Assert.True(found.IndexOf("列表甲", StringComparison.Ordinal) < found.IndexOf("列表乙", StringComparison.Ordinal) == (string.CompareOrdinal("列表甲", "列表乙") > 0));
        Assert.Contains("共 2 条", found, StringComparison.Ordinal);
        Assert.Contains("没有符合条件的内容", await editor.GetStringAsync(new Uri("/templates?q=nowhere", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_in_a_draft_that_saves_itself_can_be_had_back()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await SaveAsync(editor, "slip", Source("写了很久很久很久很久很久很久很久很久很久的一段话，写了很久很久很久很久很久很久很久很久很久。"));
        const string page = "/templates/slip";
        var revision = ConsoleFixture.FieldOf(await editor.GetStringAsync(new Uri(page, UriKind.Relative)), "revision");
        await ConsoleFixture.PostAsync(editor, page, page + "?handler=Autosave", ("source", Source("")), ("revision", revision));

        Assert.Contains("/templates/slip?earlier=0", await editor.GetStringAsync(new Uri(page, UriKind.Relative)), StringComparison.Ordinal);
        var earlier = await editor.GetStringAsync(new Uri(page + "?earlier=0", UriKind.Relative));

        Assert.Contains("写了很久很久", earlier, StringComparison.Ordinal);
        Assert.Contains("还没有取代现在的草稿", earlier, StringComparison.Ordinal);
        Assert.DoesNotContain("写了很久", (await Templates.FindAsync("slip", CancellationToken.None))!.Latest!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remarks_on_lines_stand_beside_them_also_when_the_lines_have_moved()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        const string page = "/templates/remarked";
        await SaveAsync(editor, "remarked", Source("第一句。\n第二句。"));
        await SubmitAsync(editor, "remarked", Source("第一句。\n第二句。"));
        var read = await reviewer.GetStringAsync(new Uri(page, UriKind.Relative));

        using var returned = await ConsoleFixture.PostAsync(
            reviewer, page, page + "?handler=Return", ("number", ConsoleFixture.FieldOf(read, "number")), ("digest", ConsoleFixture.FieldOf(read, "digest")), ("comment", "两处"),
            ("line", "9"), ("remark", "说得太满"), ("line", ""), ("remark", "没有行号的"), ("line", "400"), ("remark", "没有这一行"));

        var version = (await Templates.FindAsync("remarked", CancellationToken.None))!.Latest!;
        Assert.Equal([new LineRemark(9, "第二句。", "说得太满")], version.Remarks!);
        Assert.Contains("<li data-at=\"9\"", await editor.GetStringAsync(new Uri(page, UriKind.Relative)), StringComparison.Ordinal);
        await SaveAsync(editor, "remarked", Source("新的一句。\n第一句。\n第二句。"), existing: true);
        var moved = await editor.GetStringAsync(new Uri(page, UriKind.Relative));
        Assert.Contains("<li data-at=\"10\"", moved, StringComparison.Ordinal);
        Assert.Contains("说得太满", moved, StringComparison.Ordinal);
        await SaveAsync(editor, "remarked", Source("新的一句。\n第一句。\n改过的。"), existing: true);
        Assert.Contains("这一行已经改过", await editor.GetStringAsync(new Uri(page, UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_pages_the_second_is_shown_the_difference_and_both_texts_are_kept()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await SaveAsync(editor, "two-pages", Source("一。"));
        const string page = "/templates/two-pages";
        var revision = ConsoleFixture.FieldOf(await editor.GetStringAsync(new Uri(page, UriKind.Relative)), "revision");
        await ConsoleFixture.PostAsync(editor, page, page + "?handler=Autosave", ("source", Source("左边写的。")), ("revision", revision));

        using var automatic = await ConsoleFixture.PostAsync(editor, page, page + "?handler=Autosave", ("source", Source("右边写的。")), ("revision", revision));
        using var saved = await ConsoleFixture.PostAsync(editor, page, page + "?handler=Save", ("source", Source("右边写的。")), ("revision", revision));
        Assert.All([await automatic.Content.ReadAsStringAsync(), await saved.Content.ReadAsStringAsync()], answer =>
        {
            Assert.Contains("data-stopped=\"true\"", answer, StringComparison.Ordinal);
            Assert.Contains("<pre>左边写的。</pre>", answer, StringComparison.Ordinal);
            Assert.Contains("<pre>右边写的。</pre>", answer, StringComparison.Ordinal);
        });
        Assert.Contains("右边写的。", await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(Source("左边写的。"), (await Templates.FindAsync("two-pages", CancellationToken.None))!.Latest!.Source);

        using var beside = await ConsoleFixture.PostAsync(editor, page, page + "?handler=Save", ("source", Source("右边写的。")), ("revision", revision), ("beside", "true"));
        Assert.Equal([Source("左边写的。"), Source("右边写的。")], (await Templates.FindAsync("two-pages", CancellationToken.None))!.Versions.Select(version => version.Source));
    }

    [Fact]
    public async Task Only_an_editor_keeps_a_draft()
    {
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        using var refused = await ConsoleFixture.PostAsync(reviewer, "/templates/fed-cut", "/templates/fed-cut?handler=Autosave", ("source", "x"), ("revision", "1"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static string Source(string body) => $"---\nkind: moment\ntitle: 试写\nproductLine: 理财\nproductType: none\naudience: 客户\n---\n{body}\n";

    private static async Task SaveAsync(HttpClient editor, string id, string source, bool existing = false)
    {
        using var saved = existing
            ? await ConsoleFixture.PostAsync(editor, "/templates/" + id, $"/templates/{id}?handler=Save", ("source", source))
            : await ConsoleFixture.PostAsync(editor, "/templates/new", "/templates/new?handler=Save", ("newId", id), ("source", source));
        Assert.Equal("/templates/" + id, saved.Headers.Location?.OriginalString);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient editor, string id, string source)
    {
        var page = await editor.GetStringAsync(new Uri("/templates/" + id, UriKind.Relative));
        return await ConsoleFixture.PostAsync(editor, "/templates/" + id, $"/templates/{id}?handler=Submit", ("source", source), ("revision", ConsoleFixture.FieldOf(page, "revision")));
    }
}

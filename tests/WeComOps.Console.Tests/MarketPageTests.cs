using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

/// <summary>From the editor's figure to the text that leaves.</summary>
public sealed class MarketPageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private const string Text = "---\nkind: moment\ntitle: 黄金早评\nmarket:\n  NAME: { type: number, sample: \"900.00\", source: 示例交易所, at: 2026-11-13T15:30:00, unit: 元/克 }\n---\n上海金收盘 {{ market.NAME.value }} 元/克（{{ market.NAME.source }}）。\n";

    [Fact]
    public async Task A_text_quotes_the_figure_that_was_entered_and_keeps_it_when_it_is_corrected()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await ApproveAsync(editor, "gold-morning", "gold_close");
        Assert.Contains("没有录入", await ReadAsync(editor, "/market"), StringComparison.Ordinal);
        Assert.Contains("900.00 元/克（示例交易所）", await ReadAsync(editor, "/templates/gold-morning"), StringComparison.Ordinal);
        Assert.Contains("gold_close 没有录入", await IssueAsync(editor, "gold-1"), StringComparison.Ordinal);

        using var entered = await EnterAsync(editor, "932.40", "2026-11-16T15:30");
        Assert.Equal("/market?name=gold_close", entered.Headers.Location?.OriginalString);
        Assert.Contains("932.40 元/克（上海黄金交易所）", await ReadAsync(editor, "/templates/gold-morning"), StringComparison.Ordinal);
        Assert.Equal("/instructions/gold-1", await IssueAsync(editor, "gold-1"));

        var entry = Assert.Single(await The<IMarketStore>().HistoryAsync("gold_close", 10, CancellationToken.None));
        using var corrected = await EnterAsync(editor, "923.40", "2026-11-16T15:30", entry.Id);
        Assert.Equal(HttpStatusCode.Redirect, corrected.StatusCode);

        var fact = Assert.Single((await The<IInstructionStore>().FindAsync("gold-1", CancellationToken.None))!.Market!);
        Assert.Equal(("932.40", "上海黄金交易所", new DateTimeOffset(2026, 11, 16, 7, 30, 0, TimeSpan.Zero)), (fact.Value, fact.Source, fact.At));
        Assert.All(await The<IPushStore>().OfInstructionAsync("gold-1", CancellationToken.None), slice => Assert.Contains("932.40", slice.Text, StringComparison.Ordinal));
        Assert.Contains("932.40", (await The<ILedger>().FindSourceAsync("console:instruction:gold-1", CancellationToken.None))!.Body, StringComparison.Ordinal);
        Assert.Contains("923.40 元/克", await ReadAsync(editor, "/templates/gold-morning"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_that_changed_while_the_editor_filled_in_the_form_is_shown_before_anything_leaves()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await ApproveAsync(editor, "gold-noon", "gold_noon");
        await EnterAsync(editor, "931.00", "2026-11-17T09:30", name: "gold_noon");
        var shown = await LookAsync(editor, "gold-noon-1", "gold-noon");
        Assert.Contains("上海金收盘 931.00 元/克", shown, StringComparison.Ordinal);

        await EnterAsync(editor, "935.00", "2026-11-17T09:45", name: "gold_noon");

        var changed = await SendAsync(editor, "gold-noon-1", "gold-noon", ReadDigest(shown));
        Assert.Contains("和您看过的不一样", changed, StringComparison.Ordinal);
        Assert.Contains("上海金收盘 935.00 元/克", changed, StringComparison.Ordinal);
        Assert.Null(await The<IInstructionStore>().FindAsync("gold-noon-1", CancellationToken.None));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_filled_in_stays()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);

        using var answer = await ConsoleFixture.PostAsync(
            editor, "/market", "/market", ("Form.Name", "Bad Name"), ("Form.Value", "1,234.5"), ("Form.Source", "交易所"), ("Form.At", "2026-11-18T09:00"));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("有 3 处要改", page, StringComparison.Ordinal);
        Assert.Contains("不写千分位", page, StringComparison.Ordinal);
        Assert.Contains("公布时间还没有到", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Bad Name\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_figure_is_marked_and_a_withdrawn_one_is_gone_but_stays_in_the_history()
    {
        using var editor = await console.SignedInAsync(SampleBank.Editor);
        await ConsoleFixture.PostAsync(editor, "/market", "/market", ("Form.Name", "cpi_yoy"), ("Form.Value", "0.4"), ("Form.Unit", "%"), ("Form.Source", "国家统计局"), ("Form.At", "2026-11-09T09:30"));
        Assert.Contains("已过期：内容要求 4 天以内", await ReadAsync(editor, "/market"), StringComparison.Ordinal);
        var entry = Assert.Single(await The<IMarketStore>().HistoryAsync("cpi_yoy", 10, CancellationToken.None));

        using var withdrawn = await ConsoleFixture.PostAsync(editor, "/market?name=cpi_yoy", "/market?handler=Withdraw&name=cpi_yoy", ("entry", entry.Id));

        Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);
        Assert.DoesNotContain("cpi_yoy", (await The<IMarketStore>().CurrentAsync(SampleData.Now, CancellationToken.None)).Select(current => current.Name));
        Assert.Contains("已被更正或撤回", await ReadAsync(editor, "/market?name=cpi_yoy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_enters_nothing()
    {
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        Assert.DoesNotContain("Form.Value", await ReadAsync(reviewer, "/market"), StringComparison.Ordinal);

        using var refused = await ConsoleFixture.PostAsync(reviewer, "/market", "/market", ("Form.Name", "x"), ("Form.Value", "1"), ("Form.Source", "s"), ("Form.At", "2026-11-17T09:00"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await The<IMarketStore>().HistoryAsync("x", 10, CancellationToken.None));
    }

    private T The<T>()
        where T : notnull => console.Services.GetRequiredService<T>();

    private async Task ApproveAsync(HttpClient editor, string id, string figure)
    {
        using var reviewer = await console.SignedInAsync(SampleBank.Reviewer);
        await ConsoleFixture.PostAsync(editor, "/templates/new", "/templates/new?handler=Save", ("newId", id), ("source", Text.Replace("NAME", figure, StringComparison.Ordinal)));
        await ConsoleFixture.PostAsync(editor, "/templates/" + id, $"/templates/{id}?handler=Submit");
        var read = await ReadAsync(reviewer, "/templates/" + id);
        await ConsoleFixture.PostAsync(
            reviewer, "/templates/" + id, $"/templates/{id}?handler=Approve", ("number", ConsoleFixture.FieldOf(read, "number")), ("digest", ConsoleFixture.FieldOf(read, "digest")));
    }

    private static Task<HttpResponseMessage> EnterAsync(HttpClient editor, string value, string at, string corrects = "", string name = "gold_close") => ConsoleFixture.PostAsync(
        editor, "/market", "/market", ("Form.Name", name), ("Form.Value", value), ("Form.Unit", "元/克"), ("Form.Source", "上海黄金交易所"), ("Form.At", at), ("Form.Corrects", corrects));

    /// <summary>Looks and sends what was shown: where it leads when issued, else the page that says why not.</summary>
    private static async Task<string> IssueAsync(HttpClient editor, string id, string template = "gold-morning")
    {
        var shown = await LookAsync(editor, id, template);
        return ReadDigest(shown) is { } read ? await SendAsync(editor, id, template, read) : shown;
    }

    private static Task<string> LookAsync(HttpClient editor, string id, string template) => SendAsync(editor, id, template, read: null);

    private static async Task<string> SendAsync(HttpClient editor, string id, string template, string? read)
    {
        using var answer = await ConsoleFixture.PostAsync(
            editor, "/instructions/new?template=" + template, "/instructions/new", ("template", template), ("Form.Id", id), ("Form.Title", "黄金早评"), ("Form.From", "2026-11-18T08:30"),
            ("Form.Deadline", "2026-11-20T20:00"), ("Form.Branches", "101"), ("Form.Read", read ?? string.Empty));
        return answer.Headers.Location?.OriginalString ?? await answer.Content.ReadAsStringAsync();
    }

    private static string? ReadDigest(string page) => page.Contains("name=\"Form.Read\"", StringComparison.Ordinal) ? FieldOf(page, "Form.Read") : null;

    private static async Task<string> ReadAsync(HttpClient browser, string path) => await browser.GetStringAsync(new Uri(path, UriKind.Relative));

    private static string FieldOf(string page, string name)
    {
        var from = page.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal) + name.Length + 15;
        return page[from..page.IndexOf('"', from)];
    }
}

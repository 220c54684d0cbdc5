using System.Text.Json;
using WeComOps.Host.Tests.Cli;

namespace WeComOps.Host.Tests;

public sealed class CommandLineTemplateTests
{
    private const string Unknown = "---\nkind: moment\ntitle: 早评\n---\n今天的金价：\n收盘 {{ gold_closee }} 元/克\n";

    [Fact]
    public async Task The_templates_that_come_with_the_product_are_clean()
    {
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("templates", "lint", Path.Combine(AppContext.BaseDirectory, "templates"));
        Assert.True(finished.ExitCode == 0, finished.Output + finished.Error);
        Assert.Matches("(?m)^[1-9][0-9]* templates, 0 with faults", finished.Output);
    }

    [Fact]
    public async Task An_unknown_variable_is_named_with_file_line_and_column()
    {
        using var folder = new WorkFolder();
        folder.Write("morning.scriban", Unknown);
        var finished = await folder.RunAsync("templates", "lint", ".");
        Assert.Equal(1, finished.ExitCode);
        Assert.Matches(@"(?m)^morning\.scriban:6:7  block  language .*gold_closee", finished.Output);
    }

    [Fact]
    public async Task Forbidden_words_fail_and_warnings_do_not()
    {
        using var folder = new WorkFolder();
        folder.Write("coupon.scriban", "---\nkind: moment\ntitle: 福利\nproductType: none\n---\n立减金，手慢无\n");
        Assert.Equal(0, (await folder.RunAsync("templates", "lint", ".")).ExitCode);
        folder.Write("promise.scriban", "---\nkind: moment\ntitle: 理财\nproductType: wealth\n---\n稳赚不赔\n");
        var finished = await folder.RunAsync("templates", "lint", ".");
        Assert.Equal(1, finished.ExitCode);
        Assert.Matches(@"(?m)^promise\.scriban:6:1  block  return-promise  “稳赚不赔”", finished.Output);
        Assert.DoesNotContain("合规。", finished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_findings_are_given_as_json_to_other_programs()
    {
        using var folder = new WorkFolder();
        folder.Write("link.scriban", "---\nkind: moment\ntitle: 链接\nproductType: none\n---\n看 https://m.bank.example/a\n");
        var refused = await folder.RunAsync("templates", "lint", ".", "--format", "json");
        Assert.Equal(1, refused.ExitCode);
        var file = JsonSerializer.Deserialize<JsonElement>(refused.Output).GetProperty("files")[0];
        var finding = file.GetProperty("findings").EnumerateArray().First(item => item.GetProperty("rule").GetString() == "link-host");
        Assert.Equal(("block", 6, 3), (finding.GetProperty("level").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32()));
        Assert.Equal(0, (await folder.RunAsync("templates", "lint", "link.scriban", "--format", "json", "--allow-host", "m.bank.example")).ExitCode);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said()
    {
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("templates", "lint", "nowhere");
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("nowhere", finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_are_rendered_line_by_line()
    {
        using var folder = new WorkFolder();
        string[] lines =
        [
            """{"id":"a","template":"{{ name }}，您好","model":{"name":"{{ 李 }}"}}""",
            """{"id":"b","template":"{{ nobody }}","model":{"name":"李"}}""",
        ];
        var finished = await Wecomops.RunAsync(folder.FullName, ["templates", "render", "--jsonl"], string.Join('\n', lines) + "\n");
        Assert.True(finished.ExitCode == 0, finished.Error);
        var answers = finished.Lines.Select(static line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        Assert.Equal(2, answers.Length);
        Assert.Equal("{{ 李 }}，您好", answers[0].GetProperty("output").GetString());
        Assert.Equal("b", answers[1].GetProperty("id").GetString());
        Assert.NotEmpty(answers[1].GetProperty("error").GetString()!);
        Assert.Equal(1, answers[1].GetProperty("line").GetInt32());
        Assert.Equal(4, answers[1].GetProperty("column").GetInt32());
    }

    [Fact]
    public async Task A_template_is_rendered_as_it_would_be_sent()
    {
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("templates", "render", Path.Combine(AppContext.BaseDirectory, "templates", "request_copy", "plain-request.scriban"));
        Assert.True(finished.ExitCode == 0, finished.Error);
        Assert.Equal("您好，我是示例支行的张伟。", Assert.Single(finished.Lines));
    }
}

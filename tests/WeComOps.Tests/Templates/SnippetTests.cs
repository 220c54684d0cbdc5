using WeComOps.Templates;
using WeComOps.Templates.Lint;
using WeComOps.Tests.Templates.Lint;

namespace WeComOps.Tests.Templates;

/// <summary>Texts of the front matter that the body includes: part of what is reviewed, read by the rules where they stand.</summary>
public sealed class SnippetTests
{
    private const string Matter = "snippets:\n  sign_off: |\n    有想问的随时说。\n    {{ advisor.name }}，{{ advisor.branch }}\n";
    private readonly TemplateShelf _shelf = new();

    [Fact]
    public void A_snippet_prints_where_it_is_included()
    {
        var source = Read(Matter, "今天说说防骗。\n{{ include 'sign_off' }}\n");
        var (text, fault) = TemplatePreview.Render(source, TemplateEngines.Create().Compile(source).Program!, data: null);
        Assert.Null(fault);
        Assert.Equal("今天说说防骗。\n有想问的随时说。\n张伟，示例支行", text);
    }

    [Theory]
    [InlineData("snippets:\n  a: \"\"", 5, 6, "下一行缩进")]
    [InlineData("snippets:\n  a: [x]", 5, 6, "下一行缩进")]
    [InlineData("snippets:\n  if: x", 5, 3, "换一个名字")]
    [InlineData("wordings:\n  a: [x, y]\nsnippets:\n  a: x", 7, 3, "换一个名字")]
    public void What_is_no_snippet_is_refused_with_its_place(string declaration, int line, int column, string remedy)
    {
        var (source, faults) = TemplateSource.Read($"---\nkind: group_post\ntitle: x\n{declaration}\n---\n好");
        Assert.Null(source);
        Assert.Equal((line, column), (faults[0].Line, faults[0].Column));
        Assert.Contains(remedy, faults[0].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ advisr.name }}", 8)]
    [InlineData("一{{ if advisor.name == \"x\" }}二{{ end }}", 9)]
    [InlineData("{{ for p in points }}{{ p }}{{ end }}", 8)]
    [InlineData("{{ x = 1 }}", 8)]
    [InlineData("{{ capture x }}一{{ end }}", 8)]
    [InlineData("{{ advisor.name == \"x\" ? \"一\" : \"二\" }}", 8)]
    [InlineData("{{ include 'b' }}", 8)]
    public void A_snippet_holds_words_and_values_and_its_faults_stand_where_it_is_written(string snippet, int column)
    {
        var source = Read($"snippets:\n  a: |\n    好\n    {snippet}\n  b: 二\n", "{{ include 'a' }}{{ include 'b' }}");
        var (program, faults) = TemplateEngines.Create().Compile(source);
        Assert.Null(program);
        Assert.Equal(7, faults[0].Line);
        Assert.InRange(faults[0].Column, 5, column + 20);
    }

    [Fact]
    public void A_snippet_that_is_not_there_is_named_with_those_that_are()
    {
        var source = Read(Matter, "{{ include 'signoff' }}");
        Assert.Contains("sign_off", TemplateEngines.Create().Compile(source).Faults[0].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ include 'a' }}")]
    [InlineData("{{ if advisor.name == \"x\" }}{{ include 'a' }}{{ end }}")]
    public void What_a_rule_forbids_in_a_snippet_blocks_at_the_snippets_line(string body)
    {
        var finding = Linting.Check(body + "好", "group_post", matter: "snippets:\n  a: |\n    好\n    这样放稳赚\n").Only("return-promise");
        Assert.Equal((LintLevel.Block, 9, 8), (finding.Level, finding.Line, finding.Column));
    }

    [Fact]
    public void In_an_indented_include_the_place_is_that_of_the_words() => Assert.Equal(
        (9, 8), Linting.Check("好\n  {{ include 'a' }}", "group_post", matter: "snippets:\n  a: |\n    好\n    这样放稳赚\n").Only("return-promise") is var finding ? (finding.Line, finding.Column) : default);

    [Fact]
    public void A_snippet_that_nothing_includes_is_told_and_what_only_a_snippet_uses_is_used()
    {
        Assert.Equal("sign_off", Linting.Check("好", "group_post", matter: Matter).Only("unused").Found);
        Assert.Empty(Linting.Check("{{ include 'a' }}好", "group_post", matter: "variables:\n  n: { type: number, sample: \"3\" }\nsnippets:\n  a: 满{{ n }}天\n").Rule("unused"));
    }

    [Fact]
    public void Characters_that_no_phone_shows_are_refused_in_snippets_too() =>
        Assert.Equal(LintLevel.Block, Linting.Check("{{ include 'a' }}", "group_post", matter: "snippets:\n  a: 好\ue001\n").Only("hidden-characters").Level);

    [Fact]
    public async Task A_snippet_is_new_until_an_approved_version_says_the_same()
    {
        var text = $"---\nkind: group_post\ntitle: x\nproductType: none\naudience: 客户\n{Matter}---\n今天说说防骗。{{{{ include 'sign_off' }}}}\n";
        Assert.Contains((await _shelf.Desk.CheckAsync(text, TestContext.Current.CancellationToken)).Findings, finding => finding.Rule == "new-snippet");

        _shelf.Put(new Template("other", TemplateKind.GroupPost, "别的", "chen", "team", null, []).SaveDraft(text, DateTimeOffset.UnixEpoch).Submit(DateTimeOffset.UnixEpoch).Approve("gu", DateTimeOffset.UnixEpoch));

        Assert.DoesNotContain((await _shelf.Desk.CheckAsync(text, TestContext.Current.CancellationToken)).Findings, finding => finding.Rule == "new-snippet");
        Assert.Contains(
            (await _shelf.Desk.CheckAsync(text.Replace("随时说", "随时问", StringComparison.Ordinal), TestContext.Current.CancellationToken)).Findings, finding => finding.Rule == "new-snippet");
        var approved = Assert.Single(ApprovedSnippet.In(await _shelf.ListAsync(TestContext.Current.CancellationToken), TemplateEngines.Create()));
        Assert.Equal(("sign_off", "有想问的随时说。\n{{ advisor.name }}，{{ advisor.branch }}"), (approved.Name, approved.Text));
    }

    private static TemplateSource Read(string matter, string body) => TemplateSource.Parse($"---\nkind: group_post\ntitle: x\n{matter}---\n{body}").Source!;
}

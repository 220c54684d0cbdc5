using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

public sealed class LintBranchTests
{
    private const string Matter = "variables:\n  n: { type: number, sample: \"3\" }\n  up: { type: boolean, sample: \"true\" }\n";
    private const int BodyLine = Linting.BodyLine + 3;

    [Theory]
    [InlineData("{{ if n > 5 }}{{ x = \"甲\" }}{{ end }}尊敬的{{ x }}，您好", 1, 43)]
    [InlineData("{{ if up }}好{{ else }}{{ x = 1 }}{{ end }}\n{{ if up }}{{ x }}{{ end }}", 2, 15)]
    [InlineData("{{ case n }}{{ when 1 }}{{ x = 1 }}{{ when 2 }}{{ y = 1 }}{{ end }}{{ x }}", 1, 71)]
    public void A_value_that_is_missing_in_some_branch_forbids(string body, int line, int column)
    {
        var finding = Linting.Check(body, matter: Matter).Rule("missing-value")[0];
        Assert.Equal((LintLevel.Block, BodyLine + line - 1, column), (finding.Level, finding.Line, finding.Column));
        Assert.NotEmpty(finding.Remedy);
    }

    [Fact]
    public void The_same_question_has_the_same_answer_twice() =>
        Assert.Empty(Linting.Check("{{ if n > 5 }}{{ x = 1 }}{{ end }}{{ if n > 5 }}{{ x }}{{ end }}好", matter: Matter).Rule("missing-value"));

    [Fact]
    public void A_place_that_prints_nothing_is_told()
    {
        var finding = Linting.Check("{{ if up }}{{ x = \"\" }}{{ end }}尊敬的{{ if up }}{{ x }}{{ end }}，您好", matter: Matter).Only("missing-value");
        Assert.Equal((LintLevel.Warn, BodyLine, 50), (finding.Level, finding.Line, finding.Column));
    }

    [Fact]
    public void An_advisor_without_a_title_is_thought_of()
    {
        Assert.Equal(LintLevel.Warn, Linting.Check("我是{{ advisor.title }}{{ advisor.name }}").Only("missing-value").Level);
        Assert.Empty(Linting.Check("我是{{ if advisor.title != \"\" }}{{ advisor.title }}{{ end }}{{ advisor.name }}").Rule("missing-value"));
    }

    [Theory]
    [InlineData("{{ x = { a: 1, b: { c: \"零风险\" } } }}好{{ x.b.c }}")]
    [InlineData("好{{ for p in { a: \"零风险\" } }}{{ p.value }}{{ end }}")]
    [InlineData("好{{ if [\n  n,\n  { a: 1 }\n].size == 9 }}零风险{{ end }}")]
    [InlineData("好{{ if ({ a: \"\" }).a.empty? }}{{ else }}零风险{{ end }}")]
    public void Words_in_objects_and_behind_conditions_of_several_lines_are_read(string body)
    {
        var report = Linting.Check(body, matter: Matter);
        Assert.Single(report.Rule("no-risk"));
        Assert.Empty(report.Rule("many-branches"));
    }

    [Fact]
    public void Words_in_every_branch_variant_and_phrase_are_read()
    {
        const string matter = "variants:\n  a: 甲\n  b: 乙\nwordings:\n  w: [好, 稳赚]\n" + "variables:\n  n: { type: number, sample: \"3\" }\n";
        var report = Linting.Check(
            "{{ w }}{{ if variant == \"b\" }}零风险{{ end }}{{ case n }}{{ when 1 }}翻倍{{ else }}手慢无{{ end }}{{ if n > 100 }}{{ if n > 200 }}顶级{{ end }}{{ end }}", "moment", matter: matter);
        Assert.Equal(["absolute", "no-risk", "return-promise", "return-promise", "urgency"], report.Findings.Where(finding => finding.Basis.Length > 0 && finding.Found.Length > 0).Select(finding => finding.Rule).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{{ n > 5 ? \"稳赚\" : \"好\" }}", "return-promise", 1)]
    [InlineData("{{ n < 5 ? \"好\" : \"稳赚\" }}", "return-promise", 1)]
    [InlineData("{{ x = n > 5 ? \"稳赚\" : \"好\" }}看{{ x }}", "return-promise", 1)]
    [InlineData("{{ n > 5 ? (n > 9 ? \"稳赚\" : \"甲\") : \"乙\" }}", "return-promise", 1)]
    [InlineData("{{ n > 5 ? \"甲\" : n < 2 ? \"稳赚\" : \"乙\" }}", "return-promise", 1)]
    [InlineData("{{ (n > 5 ? up : false) ? \"稳赚\" : \"好\" }}", "return-promise", 1)]
    [InlineData("{{ [n > 5 ? \"甲\" : \"乙\", n > 9 ? \"稳赚\" : \"好\"] | array.join \"、\" }}", "return-promise", 1)]
    [InlineData("{{ for i in 1..2 }}{{ i > n ? \"稳赚\" : \"好\" }}{{ end }}", "return-promise", 1)]
    [InlineData("{{ if n > 5 }}{{ n > 9 ? \"稳赚\" : \"好\" }}{{ end }}好", "return-promise", 1)]
    [InlineData("{{ if (n > 5 ? up : false) }}稳赚{{ end }}好", "return-promise", 1)]
    [InlineData("{{ string.contains \"甲\" \"乙\" ? \"稳赚\" : \"好\" }}", "return-promise", 1)]
    [InlineData("{{ up ? \"稳赚\" : \"翻倍\" }}", "return-promise", 2)]
    public void Both_ways_of_a_condition_in_one_line_are_read(string body, string rule, int count)
    {
        var report = Linting.Check(body, matter: Matter);
        Assert.Equal(count, report.Rule(rule).Count);
        Assert.Empty(report.Rule("many-branches"));
    }

    [Fact]
    public void The_same_question_in_one_line_has_the_same_answer() =>
        Assert.Empty(Linting.Check("{{ if n > 5 }}{{ x = 1 }}{{ end }}{{ n > 5 ? x : 0 }}", matter: Matter).Rule("missing-value"));

    [Fact]
    public void A_value_that_is_missing_in_one_way_of_a_condition_in_one_line_forbids()
    {
        var finding = Linting.Check("{{ if n > 5 }}{{ x = 1 }}{{ end }}好{{ n > 1 ? x : 0 }}", matter: Matter).Rule("missing-value")[0];
        Assert.Equal((LintLevel.Block, BodyLine), (finding.Level, finding.Line));
    }

    [Fact]
    public void A_way_of_a_condition_in_one_line_that_prints_nothing_is_told() =>
        Assert.Equal(LintLevel.Warn, Linting.Check("尊敬的{{ n > 5 ? \"\" : \"您\" }}，您好", matter: Matter).Only("missing-value").Level);

    [Fact]
    public void Many_conditions_are_tried_within_a_bound_and_that_is_said()
    {
        var body = string.Concat(Enumerable.Range(0, 20).Select(number => $"{{{{ if n > {number} }}}}甲{number}{{{{ else }}}}乙{number}{{{{ end }}}}")) + "{{ if n > 99 }}保本{{ end }}";
        var report = Linting.Check(body, productType: "fund", matter: Matter);
        Assert.NotEmpty(report.Rule("many-branches"));
        Assert.NotEmpty(report.Rule("principal-guarantee"));
        Assert.InRange(report.Texts, 20, 300);
    }

    [Theory]
    [InlineData("{{ n > 5 ? \"保本\" : \"好\" }}", 1, 4)]
    [InlineData("好\n{{ n > 5 ? \"好\" : (n > 9 ? \"好\" : \"保本\") }}", 2, 4)]
    public void Both_sides_of_a_choice_are_read(string body, int line, int column)
    {
        var finding = Linting.Check(body, productType: "fund", matter: Matter).Only("principal-guarantee");
        Assert.Equal((LintLevel.Block, BodyLine + line - 1, column), (finding.Level, finding.Line, finding.Column));
    }
}

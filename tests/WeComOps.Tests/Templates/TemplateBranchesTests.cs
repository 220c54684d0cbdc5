using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

/// <summary>The preview can be switched through every way that the conditions of a template can go.</summary>
public sealed class TemplateBranchesTests
{
    private const string Matter = "variables:\n  n: { type: number, sample: \"3\" }\n  up: { type: boolean, sample: \"true\" }\n  items: { type: list, sample: \"甲\" }\n";

    [Theory]
    [InlineData("好", "")]
    [InlineData("{{ if n > 5 }}多{{ else }}少{{ end }}", "多|少")]
    [InlineData("{{ if n > 5 }}多{{ end }}。", "多。|。")]
    [InlineData("{{ if n > 5 }}多{{ else if n > 2 }}中{{ else }}少{{ end }}", "多|中|少")]
    [InlineData("{{ n > 5 ? \"多\" : \"少\" }}", "多|少")]
    [InlineData("{{ n > 5 ? \"多\" : (n > 2 ? \"中\" : \"少\") }}", "多|中|少")]
    [InlineData("{{ case n }}{{ when 1 }}一{{ when 2, 3 }}二三{{ else }}其他{{ end }}", "一|二三|其他")]
    [InlineData("{{ if up }}涨{{ else }}跌{{ end }}", "涨|跌")]
    [InlineData("{{ if up }}涨{{ end }}{{ if !up }}跌{{ end }}", "涨|跌")]
    [InlineData("{{ up ? \"涨\" : \"跌\" }}{{ if !up }}，别急{{ end }}", "涨|跌，别急")]
    [InlineData("{{ if n > 5 }}{{ if n > 9 }}很多{{ else }}多{{ end }}{{ else }}少{{ end }}", "很多|多|少")]
    [InlineData("{{ x = n > 5 ? 1 : 2 }}{{ if x == 1 }}甲{{ else }}乙{{ end }}", "甲|乙")]
    [InlineData("{{ if (up ? n > 5 : n > 9) }}多{{ else }}少{{ end }}", "多|少")]
    [InlineData("{{ for item in items }}{{ item }}{{ if !for.last }}、{{ end }}{{ end }}{{ if up }}涨{{ else }}跌{{ end }}", "甲涨|甲跌")]
    public void Every_branch_is_there_once(string body, string texts) =>
        Assert.Equal(texts, string.Join('|', Of(body).Branches.Select(branch => branch.Text).OrderBy(text => Array.IndexOf(texts.Split('|'), text))));

    [Fact]
    public void Variants_are_branches_where_a_condition_asks_for_them() =>
        Assert.Equal(["短", "长"], Of("{{ if variant == \"s\" }}短{{ else }}长{{ end }}", Matter + "variants:\n  s: 短的\n  l: 长的\n").Branches.Select(branch => branch.Text));

    [Fact]
    public void A_branch_says_what_it_supposes_and_only_what_was_asked_on_its_way()
    {
        var branches = Of("{{ if n > 5 }}{{ if up }}多涨{{ else }}多跌{{ end }}{{ else if n > 2 }}中{{ else }}少{{ end }}").Branches;
        Assert.Equal(["n > 5 Holds, up Holds", "n > 5 Holds, up Fails", "n > 5 Fails, n > 2 Holds", "n > 5 Fails, n > 2 Fails"],
            new[] { "多涨", "多跌", "中", "少" }.Select(text => Said(branches.Single(branch => branch.Text == text))));
    }

    [Fact]
    public void A_case_says_its_value_or_that_it_is_another() => Assert.Equal(
        ["n Is 1", "n IsOther "], Of("{{ case n }}{{ when 1 }}一{{ else }}其他{{ end }}").Branches.Select(branch => $"n {branch.Conditions[0].Answer} {branch.Conditions[0].Value}"));

    [Fact]
    public void The_way_of_the_values_is_one_of_them()
    {
        var branches = Of("{{ if n > 5 }}多{{ else if n > 2 }}中{{ else }}少{{ end }}{{ if up }}涨{{ else }}跌{{ end }}");
        Assert.Equal((6, "中涨"), (branches.Branches.Count, branches.Branches[branches.Own!.Value].Text));
        Assert.True(branches.IsAll);
    }

    [Fact]
    public void Too_many_combinations_leave_every_branch_reachable()
    {
        var branches = Of(string.Concat(Enumerable.Range(0, 12).Select(number => $"{{{{ if n > {number} }}}}甲{number}。{{{{ else }}}}乙{number}。{{{{ end }}}}")));
        Assert.False(branches.IsAll);
        Assert.All(Enumerable.Range(0, 12), number =>
        {
            Assert.Contains(branches.Branches, branch => branch.Text!.Contains($"甲{number}。", StringComparison.Ordinal));
            Assert.Contains(branches.Branches, branch => branch.Text!.Contains($"乙{number}。", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_branch_that_cannot_be_rendered_is_listed_without_a_text()
    {
        var branches = Of("{{ if n > 5 }}{{ x = 1 }}{{ end }}{{ if n > 9 }}{{ x }}{{ end }}好").Branches;
        Assert.Contains(branches, branch => branch.Text is null);
        Assert.Contains(branches, branch => branch.Text == "好");
    }

    private static string Said(TemplateBranch branch) =>
        string.Join(", ", branch.Conditions.OrderByDescending(condition => condition.Asked.Length).ThenByDescending(condition => condition.Asked, StringComparer.Ordinal).Select(condition => $"{condition.Asked} {condition.Answer}"));

    private static TemplateBranches Of(string body, string matter = Matter)
    {
        var (source, fault) = TemplateSource.Parse($"---\nkind: answer\ntitle: x\n{matter}---\n{body}");
        Assert.Null(fault);
        Assert.Empty(TemplateEngines.Create().Compile(source!).Faults);
        return TemplateBranches.Of(source!, (values, variant) =>
            TemplateModels.Build(source!, values, source!.WordingOf(0), ("张伟", "经理", "支行"), null, new DateOnly(2026, 11, 9), variant: variant));
    }
}

using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>A finding points at the words, or the variable, that the editor has to change; also in a branch that the samples do not take.</summary>
public sealed class LintPlaceTests
{
    private const string Matter = "variables:\n  up: { type: boolean, sample: \"true\" }\n  note: { type: text, sample: 真的稳赚 }\nwordings:\n  opening:\n    - 早上好\n    - \"大家好，零风险\"\n";
    private const int BodyLine = Linting.BodyLine + 7;

    [Theory]
    [InlineData("第一行\n这里保本", BodyLine + 1, 3)]
    [InlineData("{{ if up }}\n涨\n{{ else }}\n  跌也保本\n{{ end }}", BodyLine + 3, 5)]
    [InlineData("{{ if up ~}}\n\n  这里保本{{ end }}", BodyLine + 2, 5)]
    [InlineData("{{~ up ? \"涨\" : \"跌\" ~}}\n保本", BodyLine + 1, 1)]
    [InlineData("{%{ {{ 保本 }} }%}", BodyLine, 8)]
    [InlineData("{{ for i in 1..2 }}好\n保本{{ end }}", BodyLine + 1, 1)]
    [InlineData("{{ x = \"可以保本\" }}看：{{ x }}", BodyLine, 22)]
    [InlineData("{{ capture x }}可以保本{{ end }}看：{{ x }}", BodyLine, 18)]
    public void In_the_text(string body, int line, int column)
    {
        var finding = Linting.Check(body, productType: "fund", matter: Matter).Rule("principal-guarantee")[0];
        Assert.Equal((line, column), (finding.Line, finding.Column));
    }

    [Fact]
    public void In_the_phrase_that_is_one_of_several()
    {
        var finding = Linting.Check("{{ opening }}，看：", matter: Matter).Only("no-risk");
        Assert.Equal((12, 12), (finding.Line, finding.Column));
    }

    [Fact]
    public void In_the_sample_of_a_variable()
    {
        var finding = Linting.Check("看：{{ note }}", matter: Matter).Only("return-promise");
        Assert.Equal((8, 33), (finding.Line, finding.Column));
    }

    [Fact]
    public void A_word_made_of_text_and_value_is_told_where_it_begins()
    {
        var finding = Linting.Check("看：稳{{ x = \"赚\" }}{{ x }}", matter: Matter).Only("return-promise");
        Assert.Equal((BodyLine, 3, "稳赚"), (finding.Line, finding.Column, finding.Found));
    }

    [Fact]
    public void Compile_errors_and_front_matter_faults_are_findings_in_file_lines()
    {
        Assert.Equal((Linting.BodyLine + 1, 4), Linting.Check("好\n{{ nobody }}").Only("language") is var unknown ? (unknown.Line, unknown.Column) : default);
        Assert.Equal(6, Linting.Check("好", matter: "riskTexts: x\n").Only("front-matter").Line);
    }
}

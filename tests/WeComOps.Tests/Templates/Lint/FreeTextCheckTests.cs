using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>What is filled in after the review must not outweigh what was reviewed.</summary>
public sealed class FreeTextCheckTests
{
    private const string Topic = "variables:\n  topic: { type: text, sample: 黄金, max: 10 }\n";

    [Theory]
    [InlineData("{{ topic }}", true)]
    [InlineData("今天说{{ topic }}。", true)]
    [InlineData("今天我们说一说{{ topic }}，欢迎提问。", false)]
    [InlineData("今天我们说一说{{ topic }}，欢迎提问。{{ topic }}", true)]
    [InlineData("今天我们说一说{{ topic }}。https://m.bank.example/a-long-address-is-no-text", true)]
    [InlineData("{{ if topic == \"黄金\" }}今天我们说一说黄金，欢迎提问。{{ else }}{{ topic }}{{ end }}", true)]
    public void A_template_that_is_mostly_blanks_cannot_be_submitted(string body, bool isBlank) =>
        Assert.Equal(isBlank, Linting.Check(body, matter: Topic).Rule("mostly-blank").Any(finding => finding.Level == LintLevel.Block));

    [Fact]
    public void Numbers_dates_and_conditions_are_no_words() => Assert.Empty(Linting.Check(
        "{{ n }}{{ if up }}涨{{ end }}", matter: "variables:\n  n: { type: number, sample: \"3\" }\n  up: { type: boolean, sample: \"true\" }\n").Rule("mostly-blank"));

    [Fact]
    public void Without_a_limit_of_its_own_a_text_takes_forty_characters()
    {
        var source = TemplateSource.Parse("---\nkind: moment\ntitle: x\nvariables:\n  topic: { type: text, sample: 黄金 }\n---\n好").Source!;
        Assert.Null(TemplateModels.Refuse(source, new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = new('金', 40) }));
        Assert.Contains("topic 最多 40 字", TemplateModels.Refuse(source, new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = new('金', 41) }), StringComparison.Ordinal);
    }
}

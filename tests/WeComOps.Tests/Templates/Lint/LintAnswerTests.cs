using WeComOps.Answers;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>An answer that somebody typed is read by the same rules as content.</summary>
public sealed class LintAnswerTests
{
    private static readonly TemplateLint Lint = new(TemplateEngines.Create(), new LintSettings { AllowedHosts = ["m.bank.example"] });

    [Theory]
    [InlineData("这只基金稳赚，放心买。", "fund", "return-promise")]
    [InlineData("这款理财保本。", "wealth", "principal-guarantee")]
    [InlineData("这款产品保本。", null, "principal-guarantee")]
    [InlineData("请拨 13812345678 找我。", null, "personal-data")]
    [InlineData("看 https://evil.example/a", null, "link-host")]
    public void What_forbids_sending_comes_first(string text, string? productType, string rule)
    {
        var finding = Lint.CheckAnswer(text, productType)[0];
        Assert.Equal((rule, LintLevel.Block), (finding.Rule, finding.Level));
        Assert.NotEmpty(finding.Remedy);
    }

    [Fact]
    public void A_deposit_may_be_called_what_it_is() => Assert.Empty(Lint.CheckAnswer("存款保本保息，受存款保险保障。", Topics.ProductTypeOf("deposit")));

    [Fact]
    public void What_a_person_has_to_judge_is_told_and_does_not_forbid() =>
        Assert.Equal([LintLevel.Warn], Lint.CheckAnswer("这款理财七日年化 2.1%。", "wealth").Select(finding => finding.Level).Distinct());

    [Fact]
    public void A_plain_answer_is_fine() => Assert.Empty(Lint.CheckAnswer("金价波动较大，建议分批买入，先看清回购规则。", Topics.ProductTypeOf("gold")));
}

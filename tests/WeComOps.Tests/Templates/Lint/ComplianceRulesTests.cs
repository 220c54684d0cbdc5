using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>The compliance list of the data file, rule by rule, with what it must not catch.</summary>
public sealed class ComplianceRulesTests
{
    [Theory]
    [InlineData("wealth", "这款保本保息", "principal-guarantee", "保本保息", LintLevel.Block)]
    [InlineData("fund", "基金一样保底", "principal-guarantee", "保底", LintLevel.Block)]
    [InlineData("wealth", "放心，从不不保本", "principal-guarantee", "从不不保本", LintLevel.Block)]
    [InlineData("wealth", "可以说零风险", "no-risk", "零风险", LintLevel.Block)]
    [InlineData("wealth", "稳赚不赔", "return-promise", "稳赚不赔", LintLevel.Block)]
    [InlineData("fund", "最多只会亏5%", "loss-limit", "最多只会亏5", LintLevel.Block)]
    [InlineData("wealth", "亏损由我行承担", "loss-limit", "亏损由我行承担", LintLevel.Block)]
    [InlineData("wealth", "近一年年化3.2%", "yield-figure", "年化3.2", LintLevel.Warn)]
    [InlineData("wealth", "业绩比较基准 2.8%", "yield-figure", "业绩比较基准 2.8", LintLevel.Warn)]
    [InlineData("insurance", "像存款一样灵活", "deposit-confusion", "像存款一样", LintLevel.Warn)]
    [InlineData("deposit", "存款满5万元送米面油", "deposit-rebate", null, LintLevel.Block)]
    [InlineData("deposit", "存10万送购物卡", "deposit-rebate", null, LintLevel.Block)]
    [InlineData("wealth", "金融监管总局推荐", "regulator-endorsement", "金融监管总局推荐", LintLevel.Block)]
    [InlineData("fund", "同样受存款保险保护", "deposit-insurance", "存款保险", LintLevel.Block)]
    [InlineData("none", "全国第一的服务", "absolute", "全国第一", LintLevel.Block)]
    [InlineData("none", "您最好的选择", "absolute", "最好", LintLevel.Block)]
    [InlineData("none", "100%获批", "absolute", "100%获批", LintLevel.Block)]
    [InlineData("fund", "业绩位居前列", "exaggeration", "位居前列", LintLevel.Warn)]
    [InlineData("precious_metal", "现在买入正合适", "stock-tip", "现在买入", LintLevel.Block)]
    [InlineData("precious_metal", "下周肯定会涨", "stock-tip", "肯定会涨", LintLevel.Block)]
    [InlineData("insurance", "这款即将停售", "insurance-hype", "即将停售", LintLevel.Block)]
    [InlineData("none", "手慢无", "urgency", "手慢无", LintLevel.Warn)]
    [InlineData("deposit", "比其他银行利率高", "peer-disparagement", "比其他银行利率高", LintLevel.Block)]
    [InlineData("loan", "不看征信秒批", "loan-marketing", "不看征信", LintLevel.Warn)]
    [InlineData("none", "一起炒币", "illegal-finance", "炒币", LintLevel.Block)]
    [InlineData("fund", "王教授推荐", "testimonial", null, LintLevel.Warn)]
    [InlineData("none", "绑卡领立减金", "freebies", "立减金", LintLevel.Warn)]
    [InlineData("none", "积分兑礼专场", "freebies", "积分兑礼", LintLevel.Warn)]
    [InlineData("none", "转发本条领好礼", "induced-sharing", "转发本条领", LintLevel.Block)]
    [InlineData("none", "加我微信详聊", "off-platform", "加我微信", LintLevel.Block)]
    [InlineData("none", "看到您昨天浏览了黄金", "profiling", "看到您昨天", LintLevel.Warn)]
    [InlineData("none", "尊敬的客户，您好", "bulletin-tone", "尊敬的客户", LintLevel.Info)]
    public void Is_found_with_its_level_basis_and_remedy(string productType, string text, string rule, string? found, LintLevel level)
    {
        var finding = Linting.Check(text, productType: productType).Rule(rule)[0];
        Assert.Equal(level, finding.Level);
        Assert.True(found is null || found == finding.Found, finding.Found);
        Assert.True(finding is { Basis.Length: > 0, Message.Length: > 0, Remedy.Length: > 0 });
    }

    [Theory]
    [InlineData("wealth", "本产品非保本浮动收益，不保本")]
    [InlineData("wealth", "银行不承诺保本保息")]
    [InlineData("wealth", "过往业绩不保证收益，也不保证本金和收益")]
    [InlineData("wealth", "理财产品打破刚兑以后，净值会波动")]
    [InlineData("deposit", "存款保本保息，在存款保险的保障范围内")]
    [InlineData("fund", "本基金不属于存款保险的保障范围")]
    [InlineData("fund", "无风险利率下行")]
    [InlineData("none", "最近、最后、最新的说明，一站式办理")]
    [InlineData("none", "100%羊毛的围巾，增值税发票")]
    [InlineData("none", "第一时间告诉您，第一步先登录")]
    [InlineData("none", "来之前最好先预约")]
    [InlineData("none", "警惕以高收益为名的非法集资，防范虚拟货币骗局")]
    [InlineData("none", "这不是稳赚不赔的事")]
    [InlineData("none", "请您自保。本行提醒：如有疑问请联系我")]
    [InlineData("none", "您单位的职工福利可以直接发到工资卡")]
    [InlineData("loan", "年化利率（单利）3.2%起")]
    [InlineData("precious_metal", "分批买入更从容")]
    [InlineData("wealth", "理财非存款，产品有风险，投资须谨慎")]
    [InlineData("wealth", "近一年年化3.2%，过往业绩不代表其未来表现，不等于理财产品实际收益，投资须谨慎")]
    public void What_is_required_ordinary_or_a_negation_is_not_a_finding(string productType, string text)
    {
        var report = Linting.Check(text, productType: productType);
        Assert.DoesNotContain(report.Findings, finding => finding.Level != LintLevel.Info && finding.Rule != "risk-text");
    }

    [Fact]
    public void What_is_let_pass_is_shown()
    {
        var exempted = Assert.Single(Linting.Check("银行不承诺保本", productType: "wealth").Exempted);
        Assert.Equal(("principal-guarantee", Linting.BodyLine, 6, "保本"), (exempted.Rule, exempted.Line, exempted.Column, exempted.Found));
    }

    [Fact]
    public void A_registered_exemption_lets_pass_what_it_names_and_is_shown_with_its_number()
    {
        const string matter = "exemptions:\n  - { rule: induced-sharing, text: 转发给家里老人有奖问答, reason: 反诈宣传, registration: HG-12 }\n";
        var report = Linting.Check("转发给家里老人有奖问答。转发领好礼", matter: matter);
        Assert.Equal("转发领", report.Only("induced-sharing").Found);
        Assert.Contains("HG-12", Assert.Single(report.Exempted).Reason, StringComparison.Ordinal);
        // Before the reviewer's eyes, with number and reason.
        var shown = report.Only("exempted");
        Assert.Equal(LintLevel.Warn, shown.Level);
        Assert.Contains("HG-12", shown.Message, StringComparison.Ordinal);
        Assert.Contains("反诈宣传", shown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss-limit", "亏损我们承担")]
    [InlineData("off-platform", "加我微信")]
    public void What_has_no_honest_use_cannot_be_exempted(string rule, string text)
    {
        var report = Linting.Check(text, "moment", matter: $"exemptions:\n  - {{ rule: {rule}, text: {text}, reason: x, registration: HG-1 }}\n");
        Assert.Equal(LintLevel.Block, report.Rule(rule)[0].Level);
        Assert.Empty(report.Exempted);
    }

    [Fact]
    public void An_exemption_that_meets_nothing_is_told() =>
        Assert.Equal(LintLevel.Warn, Linting.Check("您好", matter: "exemptions:\n  - { rule: absolut, text: 最好, reason: x, registration: y }\n").Only("exemption").Level);

    [Theory]
    [InlineData("wealth", "moment", LintLevel.Block)]
    [InlineData("fund", "group_post", LintLevel.Block)]
    [InlineData("insurance", "direct_message", LintLevel.Block)]
    [InlineData("loan", "moment", LintLevel.Block)]
    [InlineData("precious_metal", "moment", LintLevel.Block)]
    [InlineData("wealth", "answer", LintLevel.Warn)]
    public void The_risk_text_of_the_product_type_is_required(string productType, string kind, LintLevel level) =>
        Assert.Equal(level, Linting.Check("今天说一说。", kind, productType).Only("risk-text").Level);

    [Theory]
    [InlineData("deposit")]
    [InlineData("none")]
    public void Other_content_needs_no_risk_text(string productType) => Assert.Empty(Linting.Check("今天说一说。", "moment", productType).Rule("risk-text"));

    [Fact]
    public void The_banks_own_risk_text_must_be_printed_in_every_branch()
    {
        const string matter = "riskText: 市场有风险。\nvariables:\n  up: { type: boolean, sample: \"true\" }\n";
        Assert.Equal(LintLevel.Block, Linting.Check("{{ if up }}涨。{{ risk_text }}{{ else }}跌。{{ end }}", "moment", "wealth", matter).Only("risk-text").Level);
        Assert.Empty(Linting.Check("{{ if up }}涨。{{ else }}跌。{{ end }}{{ risk_text }}", "moment", "wealth", matter).Rule("risk-text"));
    }

    [Fact]
    public void The_report_promises_nothing()
    {
        var summary = Linting.Check("您好").Summary;
        Assert.Contains("未发现", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("合规", summary, StringComparison.Ordinal);
    }
}

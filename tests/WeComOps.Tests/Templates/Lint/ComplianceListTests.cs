using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>
/// The compliance list that the rules were written from, row by row: every term of the row, for the products and in the kinds that it is
/// about, with at least the level of the row. P0 is block, P1 warn, P2 info. What is about an act and not about words is tested where the
/// act is: content that nobody approved in <see cref="TemplateApprovalTests"/>.
/// </summary>
public sealed class ComplianceListTests
{
    private const string Named = "product: { name: 稳健一号 }\n";

    [Theory]
    [InlineData("保本承诺", "wealth fund insurance precious_metal none", "保本 保本保息 保息 本金保障 保底 刚兑 刚性兑付 兜底 零亏损", LintLevel.Block)]
    [InlineData("无风险", "wealth fund insurance deposit", "零风险 无风险 没有风险 绝对安全 稳健无忧 百分百安全", LintLevel.Block)]
    [InlineData("收益承诺", "wealth fund insurance", "稳赚 稳赚不赔 包赚 必赚 躺赚 只赚不赔 旱涝保收 保证收益 翻倍 一夜暴富 必涨 只涨不跌", LintLevel.Block)]
    [InlineData("限定损失", "wealth fund", "最多亏5% 最多亏百分之五 亏损我们承担 亏损我们补偿 损失不超过5% 回撤控制在3%以内", LintLevel.Block)]
    [InlineData("收益率数字", "wealth fund insurance", "年化3.2% 七日年化 业绩比较基准2.8% 预期收益 高收益 高回报", LintLevel.Warn)]
    [InlineData("混淆存款", "wealth fund insurance", "存款替代 类存款 像存款一样 定存升级 利息 存多少", LintLevel.Warn)]
    [InlineData("返利吸存", "deposit", "存款送现金 存款返现 存款送红包 存款送立减金 存款送购物卡 存款送实物 贴息 返点 高息揽储 存10万送油 存十万，送大米", LintLevel.Block)]
    [InlineData("监管增信", "wealth fund insurance deposit", "银保监会批准 金融监管总局推荐 央行担保 国家背书 政府兜底", LintLevel.Block)]
    [InlineData("非存款产品说存款保险", "wealth fund insurance precious_metal", "受存款保险保护", LintLevel.Block)]
    [InlineData("绝对化", "none deposit wealth", "国家级 最高级 最佳 最好 全国第一 唯一 首选 顶级 全网最低 100%保证 绝对放心", LintLevel.Block)]
    [InlineData("夸大业绩", "wealth fund", "业绩优良 名列前茅 位居前列 最有价值 首只 最大的银行 最强", LintLevel.Warn)]
    [InlineData("荐股荐基和确定性预测", "fund precious_metal none", "现在买入 现在低吸 现在满仓 现在布局 下周必涨 翻倍毫无悬念 内部消息 即将出台降息政策", LintLevel.Block)]
    [InlineData("停售和涨价炒作", "insurance", "即将停售 最后一天 马上涨价 绝版", LintLevel.Block)]
    [InlineData("催促", "none wealth loan", "手慢无 仅限今日 错过再无 秒杀 闭眼入", LintLevel.Warn)]
    [InlineData("诋毁同业", "none deposit wealth", "比工商银行高 别家银行都骗人 利率排名前三 收益率高于同业", LintLevel.Block)]
    [InlineData("贷款营销", "loan", "秒到账 低门槛 零利息 无需审核 不看征信 包过 借新还旧", LintLevel.Warn)]
    [InlineData("非法金融", "none wealth", "虚拟货币 炒币 外汇按金 原始股 集资 代持 场外配资", LintLevel.Block)]
    [InlineData("推荐证明", "wealth fund insurance", "客户晒单 专家推荐 明星 王教授推荐 王教授认为", LintLevel.Warn)]
    [InlineData("精准画像泄露", "none deposit", "看到您昨天浏览 您账户里还有钱 您的存款到期", LintLevel.Warn)]
    [InlineData("违反平台", "none", "加微信 扫码加我 集赞 转发领 外挂 看https://evil.example/a", LintLevel.Block)]
    [InlineData("个人信息", "none", "11010519491231002X 6222021234567890128 13812345678 王女士的余额有30万", LintLevel.Block)]
    public void Every_term_of_the_row_is_found(string row, string products, string terms, LintLevel level)
    {
        foreach (var product in products.Split(' '))
        {
            foreach (var term in terms.Split(' '))
            {
                var findings = Linting.Check($"今天说{term}。", "answer", product).Findings.Where(finding => finding.Level >= level && finding.Found.Length > 0).ToArray();
                Assert.True(findings.Length > 0, $"{row}: {product}: {term}");
                Assert.All(findings, finding => Assert.True(finding is { Basis.Length: > 0, Remedy.Length: > 0 }, finding.ToString()));
            }
        }
    }

    [Theory]
    [InlineData("deposit", "保本保息，本金保障，利息按月付，受存款保险保护，像存款一样")]
    [InlineData("loan", "利息按日计算，年化利率3.2%起")]
    [InlineData("fund", "即将停售，最后一天")]
    public void A_row_about_other_products_asks_nothing(string product, string text) =>
        Assert.DoesNotContain(Linting.Check(text, "answer", product).Findings, finding => finding.Found.Length > 0);

    [Theory]
    [InlineData("moment", true)]
    [InlineData("group_post", true)]
    [InlineData("join_copy", true)]
    [InlineData("direct_message", false)]
    public void Private_offerings_and_what_one_customer_bought_are_not_for_many_to_read(string kind, bool asked)
    {
        foreach (var term in new[] { "私募", "信托", "仅限合格投资者" })
            Assert.Equal(asked, Linting.Check($"今天说{term}。", kind).Rule("private-offering").Count > 0);
        Assert.Equal(asked, Linting.Check("王女士购买了稳健一号。", kind).Rule("customer-holding").Count > 0);
        Assert.Equal(LintLevel.Block, Linting.Check("王女士持仓30万。", kind).Only("customer-holding").Level);
    }

    [Theory]
    [InlineData("wealth", "今天说净值。理财非存款，产品有风险，投资须谨慎。")]
    [InlineData("fund", "今天说净值。基金有风险，投资须谨慎。")]
    [InlineData("precious_metal", "今天说金价。投资须谨慎。")]
    public void A_warning_of_risk_is_missed_and_accepted(string product, string text)
    {
        Assert.Equal(LintLevel.Block, Linting.Check("今天说净值。", "moment", product).Only("risk-text").Level);
        Assert.Empty(Linting.Check(text, "moment", product).Rule("risk-text"));
    }

    [Theory]
    [InlineData("wealth")]
    [InlineData("fund")]
    public void A_product_says_its_risk_level_and_for_whom_it_is(string product)
    {
        var report = Linting.Check("今天说{{ product.name }}。", "moment", product, Named);
        Assert.Equal(LintLevel.Info, report.Only("risk-level").Level);
        Assert.Equal(LintLevel.Info, report.Only("suitable-for").Level);
        var whole = Linting.Check("今天说{{ product.name }}，R2，适合稳健型客户。", "moment", product, Named);
        Assert.Empty(whole.Rule("risk-level"));
        Assert.Empty(whole.Rule("suitable-for"));
    }

    [Fact]
    public void Insurance_says_what_it_is_who_insures_who_sells_and_that_there_is_time_to_think()
    {
        Assert.Equal(4, Linting.Check("今天说养老。", "moment", "insurance").Rule("insurance-elements").Count);
        Assert.Empty(Linting.Check("今天说养老。这是保险产品，由某某人寿承保，销售人员执业登记编号见链接，有犹豫期。", "moment", "insurance").Rule("insurance-elements"));
    }

    [Fact]
    public void A_message_to_one_person_says_who_writes_and_how_to_refuse()
    {
        var report = Linting.Check("今天说养老。", "direct_message");
        Assert.Equal(LintLevel.Info, report.Only("no-sender").Level);
        Assert.Equal(LintLevel.Info, report.Only("opt-out").Level);
        var whole = Linting.Check("我是{{ advisor.branch }}的{{ advisor.name }}。不想再收到这类消息，回我一声就好。", "direct_message");
        Assert.Empty(whole.Rule("no-sender"));
        Assert.Empty(whole.Rule("opt-out"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n　")]
    [InlineData("{{ if n > 5 }}好{{ end }}")]
    public void Nothing_to_read_is_not_the_same_as_nothing_found(string body) =>
        Assert.Equal(LintLevel.Block, Linting.Check(body, matter: "variables:\n  n: { type: number, sample: \"9\" }\n").Only("empty-text").Level);

    [Theory]
    [InlineData("防范风险，这款无风险", "no-risk")]
    [InlineData("打击非法，本产品保本", "principal-guarantee")]
    [InlineData("警惕套路 本款无风险", "no-risk")]
    [InlineData("不是吹牛，稳赚", "return-promise")]
    [InlineData("近一年年化3.2%，过往业绩不代表其未来表现", "yield-figure")]
    [InlineData("高收益，过往业绩不代表其未来表现，不等于理财产品实际收益，投资须谨慎", "yield-figure")]
    public void Required_wording_and_warnings_do_not_cover_the_next_clause(string text, string rule) =>
        Assert.NotEmpty(Linting.Check(text, productType: "wealth").Rule(rule));

    [Fact]
    public void A_number_behind_a_comma_is_another_matter() =>
        Assert.Empty(Linting.Check("年化怎么算，3天后细说", productType: "wealth").Rule("yield-figure"));
}

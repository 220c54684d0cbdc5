using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

public sealed class FrontMatterTests
{
    private const string Whole = """
        ---
        kind: moment
        title: 金价
        productLine: 贵金属
        productType: precious_metal
        product: { name: 积存金, riskLevel: R3 }
        audience: 代发客户
        expires: 2026-12-31
        riskText: 投资须谨慎。
        variables:
          days: { type: number, sample: "3" }
          points: { type: list, sample: [甲, 乙], max: 60 }
        market:
          gold_close: { type: number, sample: "932.40", source: 上海黄金交易所, at: 2026-11-09T15:30:00, maxAgeDays: 2 }
        variants:
          short: 只说数字
          story: 从问题说起
        wordings:
          opening:
            - 早上好
            - 今早看盘
        exemptions:
          - { rule: freebies, text: 红包, reason: 讲防骗, registration: HG-7 }
        ---
        {{ opening }}
        """;

    [Fact]
    public void Everything_that_can_be_declared_is_read()
    {
        var source = TemplateSource.Parse(Whole).Source!;
        Assert.Equal((TemplateKind.Moment, "precious_metal", "代发客户"), (source.Kind, source.ProductType, source.Audience));
        Assert.Equal(new DateOnly(2026, 12, 31), source.Expires);
        Assert.Equal(new DeclaredProduct("积存金", "R3"), source.Product);
        Assert.Equal("投资须谨慎。", source.RiskText);
        Assert.Equal(new DeclaredVariable("list", "甲\n乙", 60), source.Variables["points"]);
        Assert.Equal(new DeclaredFact("number", "932.40", "上海黄金交易所", new DateTime(2026, 11, 9, 15, 30, 0, DateTimeKind.Unspecified), 2), source.Market["gold_close"]);
        Assert.Equal(["short", "story"], source.Variants.Select(variant => variant.Key));
        Assert.Equal(new RegisteredExemption("freebies", "红包", "讲防骗", "HG-7"), Assert.Single(source.Exemptions));
    }

    [Theory]
    [InlineData("riskTexts: x", 4, 1, "riskText")]
    [InlineData("product_type: wealth", 4, 1, "productType")]
    [InlineData("productType: stocks", 4, 14, "none")]
    [InlineData("expires: 31.12.2026", 4, 10, "2026-12-31")]
    [InlineData("riskText:", 4, 10, "风险提示")]
    [InlineData("product: { riskLevel: R2 }", 4, 10, "name")]
    [InlineData("product: { name: x, riskLevel: R9 }", 4, 32, "R1")]
    [InlineData("variables:\n  when: { type: text, sample: x }", 5, 3, "换一个名字")]
    [InlineData("variables:\n  advisor: { type: text, sample: x }", 5, 3, "换一个名字")]
    [InlineData("variables:\n  string: { type: text, sample: x }", 5, 3, "换一个名字")]
    [InlineData("variables:\n  2nd: { type: text, sample: x }", 5, 3, "字母")]
    [InlineData("variables:\n  n: { type: number, sample: 三 }", 5, 30, "数字")]
    [InlineData("variables:\n  n: { type: text }", 5, 6, "示例值")]
    [InlineData("variables:\n  n: { type: text, sample: x, max: 0 }", 5, 36, "正文")]
    [InlineData("variables:\n  n: { type: text, sample: x, max: 121 }", 5, 36, "120")]
    [InlineData("variables:\n  n: { type: text, sample: 一二三, max: 2 }", 5, 28, "示例写短")]
    [InlineData("variables:\n  n: { type: money, sample: x }", 5, 6, "number")]
    [InlineData("wordings:\n  a: []", 5, 6, "每行")]
    [InlineData("wordings:\n  a:\n    - 您好 {{ name }}", 6, 7, "变量写在正文里")]
    [InlineData("market:\n  gold: { sample: x }", 5, 9, "source")]
    [InlineData("variants:\n  only: 一个", 5, 3, "两个")]
    [InlineData("exemptions:\n  - { rule: freebies }", 5, 5, "registration")]
    [InlineData("title: 又一个", 4, 1, "缩进")]
    public void What_is_wrong_is_named_with_its_place_and_a_remedy(string declaration, int line, int column, string remedy)
    {
        var (source, faults) = TemplateSource.Read($"---\nkind: moment\ntitle: x\n{declaration}\n---\ntext");
        Assert.Null(source);
        Assert.Equal((line, column), (faults[0].Line, faults[0].Column));
        Assert.Contains(remedy, faults[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var (_, faults) = TemplateSource.Read("---\nkind: poem\ntitle: x\nproductType: y\nexpires: z\n---\ntext");
        Assert.Equal([2, 4, 5], faults.Select(fault => fault.Line));
    }

    /// <summary>Reading a tree recurses and an alias multiplies: whoever writes a template must not be able to end the process with it.</summary>
    [Theory]
    [InlineData("x: ", "[", 4000)]
    [InlineData("x: ", "{a: ", 1500)]
    [InlineData("x:\n  ", "- ", 4000)]
    [InlineData("", "? ", 4000)]
    public void Front_matter_that_nests_is_refused_with_its_place(string start, string opening, int count)
    {
        var fault = Assert.Single(ReadOnSmallStack($"---\nkind: moment\ntitle: x\n{start}{string.Concat(Enumerable.Repeat(opening, count))}a\n---\ntext"));
        Assert.True(fault is { Line: >= 4, Column: > 0, Remedy.Length: > 0 });
    }

    [Fact]
    public void An_alias_that_multiplies_is_refused_with_its_place()
    {
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(0, 8).Select(i =>
            $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(", ", Enumerable.Repeat("*" + (char)('a' + i), 10))}]\n")) + "? *i\n: 1\n";
        var fault = Assert.Single(ReadOnSmallStack($"---\nkind: moment\ntitle: x\n{bomb}---\ntext"));
        Assert.Equal(5, fault.Line);
    }

    private static IReadOnlyList<TemplateFault> ReadOnSmallStack(string text)
    {
        IReadOnlyList<TemplateFault> faults = [];
        var thread = new Thread(() => faults = TemplateSource.Read(text).Faults, maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        return faults;
    }

    [Fact]
    public void Variants_take_turns_and_each_meets_every_wording()
    {
        var source = TemplateSource.Parse(Whole).Source!;
        Assert.Equal(["short.w1", "story.w2", "short.w2", "story.w1", "short.w1"], Enumerable.Range(0, 5).Select(source.VariantLabelOf));
    }
}

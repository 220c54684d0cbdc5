using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>Tricks of writing do not hide a word, and the place of the word is still told.</summary>
public sealed class NormalTextTests
{
    private static readonly Folding Folding = LintRules.Default.Folding;

    [Theory]
    [InlineData("这款保.本", 3, "保.本")]
    [InlineData("这款保 本", 3, "保 本")]
    [InlineData("这款保\u200b本", 3, "保\u200b本")]
    [InlineData("这款保\u3000·\u3000本", 3, "保\u3000·\u3000本")]
    [InlineData("这款保💰本", 3, "保💰本")]
    [InlineData("這款保證收益", 3, "保證收益")]
    [InlineData("这款穩賺", 3, "穩賺")]
    [InlineData("这款零風險", 3, "零風險")]
    [InlineData("这款１００％安全", 3, "１００％安全")]
    [InlineData("这款無\u2060風\u00ad險", 3, "無\u2060風\u00ad險")]
    [InlineData("这款“保”本", 4, "保”本")]
    [InlineData("这款⼀定会涨", 3, "⼀定会涨")]
    public void A_word_is_found_however_it_is_written(string text, int column, string found)
    {
        var finding = Linting.Check(text, productType: "wealth").Findings.First(finding => finding.Level == LintLevel.Block);
        Assert.Equal((Linting.BodyLine, column, found), (finding.Line, finding.Column, finding.Found));
    }

    [Theory]
    [InlineData("加薇❤信", "off-platform")]
    [InlineData("加Ｖ详聊", "off-platform")]
    public void Ways_to_lead_elsewhere_are_found(string text, string rule) => Assert.NotEmpty(Linting.Check(text).Rule(rule));

    [Fact]
    public void Writing_in_disguise_is_said() => Assert.Contains("异体字", Linting.Check("保.本", productType: "fund").Only("principal-guarantee").Message, StringComparison.Ordinal);

    [Fact]
    public void Every_pair_of_the_table_is_read_once()
    {
        foreach (var rule in LintRules.Default.Texts)
        {
            Assert.All(rule.Words, word => Assert.Equal(word, NormalText.Of(word, Folding).Text));
        }

        Assert.Equal("稳赚不赔无风险保证收益", NormalText.Of("穩賺不賠無風險保證收益", Folding).Text);
    }

    [Fact]
    public void Any_text_is_normalised_with_work_linear_in_its_length_and_every_place_is_kept() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Texts(), text =>
        {
            var normal = NormalText.Of(text, Folding);
            Assert.InRange(normal.Steps, 0, 40 * (text.Length + 1));
            var last = 0;
            for (var at = 0; at < normal.Text.Length; at++)
            {
                var (start, end) = normal.Origin(at, at + 1);
                Assert.True(start >= last && end > start && end <= text.Length);
                last = start;
            }
        }));

    [Fact]
    public void A_long_text_of_separators_costs_no_more_than_its_length()
    {
        var text = "保" + new string('.', 100_000) + "本";
        var normal = NormalText.Of(text, Folding);
        Assert.Equal("保本", normal.Text);
        Assert.InRange(normal.Steps, 0, 4 * text.Length);
    }

    [Fact]
    public void Any_text_can_be_checked() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Texts(), text => Linting.Check(text.Replace('{', '('), "moment", "wealth").Findings is not null));

    [Fact]
    public void Any_template_can_be_checked() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Sources(), text =>
            Linting.Check(text, "group_post", "fund", "variables:\n  n: { type: number, sample: \"3\" }\n  yes: { type: boolean, sample: \"true\" }\nwordings:\n  a: [甲, 乙]\n").Findings is not null));

    private static Arbitrary<string> Texts()
    {
        string[] pieces = ["保", "本", ".", " ", "\u200b", "💰", "證", "Ａ", "ﷺ", "\ud83d", "\udc00", "é", "e\u0301", "㈱", "，", "\n", "1", "https://x.cn/", "<script>", "\u202e", "零风险", "不"];
        return Gen.OneOf(Gen.Elements(pieces).ListOf().Select(list => string.Concat(list)), ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? string.Empty)).ToArbitrary();
    }

    private static Arbitrary<string> Sources()
    {
        string[] pieces =
        [
            "{{ if yes }}", "{{ if n > 2 }}", "{{ else if n == 1 }}", "{{ else }}", "{{ end }}", "{{ case n }}", "{{ when 1 }}", "{{ for i in 1..3 }}", "{{ capture c }}", "{{ n }}", "{{ a }}",
            "{{~ a ~}}", "{{ x = a }}", "{{ x }}", "{{ yes ? a : n }}", "{{# 注 #}}", "{%{ {{ a }} }%}", "保本", "\n", "  ", "{{ a; n }}", "{{\n a\n n\n}}", "{{ advisor.title }}", "{{ link }}", "{{ 1 / n }}",
        ];
        return Gen.Elements(pieces).ListOf().Select(list => string.Concat(list)).ToArbitrary();
    }
}

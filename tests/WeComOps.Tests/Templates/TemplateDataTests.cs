using System.Text.Json.Nodes;
using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

public sealed class TemplateDataTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 9, 4, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> NoValues = new(StringComparer.Ordinal);

    private const string Matter = "audience: 代发客户\nproduct: { name: 积存金, riskLevel: R3 }\nmarket:\n  gold: { type: number, sample: \"900\", source: 交易所, at: 2026-11-06 }\n";

    [Fact]
    public void A_template_reads_segment_product_and_market_facts_with_their_source_and_time()
    {
        var source = Source("moment", Matter, "{{ segment.name }}，{{ product.name }}（{{ product.risk_level }}）{{ market.gold.value + 1 }}，{{ market.gold.source }}，{{ market.gold.at | date.to_string \"%m-%d %H:%M\" }}");
        var facts = new Dictionary<string, MarketFact>(StringComparer.Ordinal) { ["gold"] = new("gold", "932.40", "上海黄金交易所", Noon) };
        var model = TemplateModels.Build(source, NoValues, NoValues, advisor: null, link: null, new DateOnly(2026, 11, 9), facts);
        Assert.Equal("代发客户，积存金（R3）933.40，上海黄金交易所，11-09 12:00", TemplateEngines.Create().Compile(source).Program!.Render(model).Text);
    }

    [Theory]
    [InlineData("moment", "{{ advisor.name }}", "客户经理")]
    [InlineData("moment", "{{ customer.name }}", "segment.name")]
    [InlineData("group_post", "{{ customer.name }}", "segment.name")]
    [InlineData("answer", "{{ segment.name }}", "audience")]
    [InlineData("moment", "{{ market.gold_close.value }}", "market:")]
    [InlineData("moment", "{{ product.name }}", "product:")]
    [InlineData("moment", "{{ variant }}", "variants:")]
    [InlineData("moment", "{{ risk_text }}", "riskText:")]
    public void What_is_not_declared_is_refused_with_how_to_declare_it(string kind, string body, string remedy)
    {
        var (program, faults) = TemplateEngines.Create().Compile(Source(kind, string.Empty, body));
        Assert.Null(program);
        Assert.Contains(remedy, Assert.Single(faults).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_market_fact_that_is_not_declared_is_an_unknown_member() =>
        Assert.Equal((9, 11), Assert.Single(TemplateEngines.Create().Compile(Source("moment", Matter, "{{ market.silver.value }}")).Faults) is var fault ? (fault.Line, fault.Column) : default);

    [Fact]
    public void Figures_that_are_missing_late_or_stale_stop_the_sending_and_are_named_with_the_page_that_mends_it()
    {
        var source = Source("moment", Matter, "{{ market.gold.value }}");
        var fresh = new MarketFact("gold", "932.40", "交易所", Noon.AddDays(-3));
        Assert.Null(Refusal(source, fresh, fresh with { At = Noon.AddDays(1) }));
        foreach (var refusal in (string?[])[Refusal(source), Refusal(source, fresh with { At = Noon.AddDays(1) }), Refusal(source, fresh with { At = Noon.AddDays(-5) })])
        {
            Assert.Contains("gold", refusal, StringComparison.Ordinal);
            Assert.Contains("/market", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_figure_must_still_be_fresh_when_the_first_reader_sees_it()
    {
        var source = Source("moment", Matter, "{{ market.gold.value }}");
        var facts = new MarketFacts([new("gold", "932.40", "交易所", Noon.AddDays(-3))]);
        Assert.Null(facts.Refuse(source, Noon, Noon.AddDays(1)));
        Assert.Contains("超过 4 天", facts.Refuse(source, Noon, Noon.AddDays(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_is_no_number_or_is_in_another_unit_than_the_text_says_is_refused()
    {
        var source = Source("moment", Matter.Replace("source: 交易所", "source: 交易所, unit: 元/克", StringComparison.Ordinal), "{{ market.gold.value }}{{ market.gold.unit }}");
        var fact = new MarketFact("gold", "932.40", "交易所", Noon, "元/克");
        Assert.Null(Refusal(source, fact));
        Assert.Contains("美元/盎司", Refusal(source, fact with { Unit = "美元/盎司" }), StringComparison.Ordinal);
        Assert.Contains("“元/克”", Refusal(source, fact with { Unit = null }), StringComparison.Ordinal);
        Assert.Contains("数字", Refusal(source, fact with { Value = "约九百" }), StringComparison.Ordinal);
        var model = TemplateModels.Build(source, NoValues, NoValues, advisor: null, link: null, new DateOnly(2026, 11, 9), new Dictionary<string, MarketFact>(StringComparer.Ordinal) { ["gold"] = fact });
        Assert.Equal("932.40元/克", TemplateEngines.Create().Compile(source).Program!.Render(model).Text);
    }

    [Fact]
    public void The_latest_figure_counts() => Assert.Equal("2", Assert.Single(
        new MarketFacts([new("gold", "1", "s", Noon.AddDays(-1)), new("gold", "2", "s", Noon), new("gold", "3", "s", Noon.AddDays(1))])
            .QuotedBy(Source("moment", Matter, "{{ market.gold.value }}"), Noon, Noon)).Fact!.Value);

    private static string? Refusal(TemplateSource source, params MarketFact[] facts) => new MarketFacts(facts).Refuse(source, Noon, Noon);

    [Theory]
    [InlineData("number", "abc")]
    [InlineData("number", "1,234")]
    [InlineData("date", "09/11/2026")]
    [InlineData("text", " ")]
    [InlineData("boolean", "maybe")]
    public void A_value_that_does_not_fit_is_refused_before_anything_is_queued(string type, string value)
    {
        var sample = type switch { "number" => "1", "date" => "2026-11-09", "boolean" => "true", _ => "x" };
        var source = Source("moment", $"variables:\n  v: {{ type: {type}, sample: \"{sample}\" }}\n", "{{ v }}");
        Assert.NotNull(TemplateModels.Refuse(source, new Dictionary<string, string>(StringComparer.Ordinal) { ["v"] = value }));
        Assert.Null(TemplateModels.Refuse(source, new Dictionary<string, string>(StringComparer.Ordinal) { ["v"] = sample }));
    }

    [Fact]
    public void A_list_is_one_item_a_line()
    {
        var source = Source("moment", "variables:\n  points: { type: list, sample: [甲, 乙] }\n", "{{ for p in points }}{{ p }};{{ end }}");
        Assert.Equal("甲;乙;", TemplatePreview.Render(source, TemplateEngines.Create().Compile(source).Program!, null).Text);
        Assert.Equal("丙;", TemplatePreview.Render(source, TemplateEngines.Create().Compile(source).Program!, new JsonObject { ["points"] = new JsonArray("丙") }).Text);
    }

    private static TemplateSource Source(string kind, string matter, string body)
    {
        var (source, fault) = TemplateSource.Parse($"---\nkind: {kind}\ntitle: x\n{matter}---\n{body}");
        return source ?? throw new InvalidOperationException(fault!.ToString());
    }
}

using BenchmarkDotNet.Attributes;
using HandlebarsDotNet;
using WeComOps.Templates.Language;

namespace WeComOps.Benchmarks.Micro;

/// <summary>
/// A moment of about 600 characters with six variables, two conditions and a loop of five, beside Handlebars.Net with an equivalent
/// template, compiled. Both print the same text, which is checked first; both data are built before.
/// </summary>
public class TemplateBenchmarks
{
    private const string Opening = """
        早上好，我是{{ branch }}的{{ advisor }}，今天的市场笔记请查收。隔夜海外市场情绪平稳，国内资金面保持宽松，几个大家常问的数字整理在下面，方便您对照自己的安排。
        上海金最新收盘价 {{ gold_close }} 元/克，日涨跌 {{ gold_change }}%。

        """;

    private const string Middle = """
        上涨的日子更要看仓位：黄金在家庭资产里一般不超过一成，已经持有金条的朋友，配置之前先看看总的占比，不必因为一两天的行情着急。
        """;

    private const string Other = """
        回落的日子不急着一次买满：分批积存更从容，把每个月的金额定下来，比猜测最低点更容易做到，也更容易坚持。
        """;

    private const string Closing = """
        想把存款、理财和保障放在一起看的朋友，可以先回答三个问题：这笔钱多久不用，中途能不能接受波动，家里还有没有别的安排。想清楚了，选择往往就简单了。需要测算的话直接私信我，我按您的情况列一张表，您再决定。
        {{ link }}
        以上内容仅供参考，不构成投资建议。市场有风险，投资须谨慎。
        """;

    private const string Ours = Opening
        + "{{ if is_up }}" + Middle + "{{ else }}" + Other + "{{ end }}\n本周关注：\n"
        + "{{ for item in items }}· {{ item.name }}：{{ item.rate }}\n{{ end }}"
        + "{{ if has_meeting }}周四晚上七点支行有一场小型分享，欢迎来坐坐。\n{{ end }}" + Closing;

    private const string Theirs = Opening
        + "{{#if is_up}}" + Middle + "{{else}}" + Other + "{{/if}}\n本周关注：\n"
        + "{{#each items}}· {{ name }}：{{ rate }}\n{{/each}}"
        + "{{#if has_meeting}}周四晚上七点支行有一场小型分享，欢迎来坐坐。\n{{/if}}" + Closing;

    private static readonly (string Name, string Rate)[] Items =
        [("大额存单一年", "1.35%"), ("大额存单三年", "1.75%"), ("国债三年", "1.63%"), ("现金管理", "1.28%"), ("稳健理财", "2.10%")];

    private readonly CompiledTemplate _ours;
    private readonly TemplateModel _model;
    private readonly HandlebarsTemplate<object, object> _theirs;
    private readonly object _typed;
    private readonly Dictionary<string, object> _dictionary;

    public TemplateBenchmarks()
    {
        _model = TemplateModel.Empty
            .With("branch", "城东支行").With("advisor", "王敏").With("gold_close", "932.40").With("gold_change", "0.35")
            .With("link", "https://link.bank.example/l/3c5Jx0bTz9QpAm1s").With("is_up", value: true).With("has_meeting", value: true)
            .With("items", Items.Select(static item => TemplateModel.Empty.With("name", item.Name).With("rate", item.Rate)));
        _ours = TemplateCompiler.Compile(Ours, TemplateSchema.Of(_model)) is CompileResult.Success compiled
            ? compiled.Template
            : throw new InvalidOperationException("The template is refused.");
        _theirs = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true }).Compile(Theirs);
        _typed = new
        {
            branch = "城东支行",
            advisor = "王敏",
            gold_close = "932.40",
            gold_change = "0.35",
            link = "https://link.bank.example/l/3c5Jx0bTz9QpAm1s",
            is_up = true,
            has_meeting = true,
            items = Items.Select(static item => new { name = item.Name, rate = item.Rate }).ToArray(),
        };
        _dictionary = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["branch"] = "城东支行",
            ["advisor"] = "王敏",
            ["gold_close"] = "932.40",
            ["gold_change"] = "0.35",
            ["link"] = "https://link.bank.example/l/3c5Jx0bTz9QpAm1s",
            ["is_up"] = true,
            ["has_meeting"] = true,
            ["items"] = Items.Select(static item => new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = item.Name, ["rate"] = item.Rate }).ToArray(),
        };
        if (Render() is var text && (text != HandlebarsObjects() || text != HandlebarsDictionaries()))
        {
            throw new InvalidOperationException($"The two print different texts:\n{text}\n---\n{HandlebarsObjects()}");
        }
    }

    /// <summary>Characters of the source.</summary>
    public static int Length => Ours.Length;

    [Benchmark(Description = "template: ours", Baseline = true)]
    public string Render() => _ours.Render(_model) is RenderResult.Rendered rendered ? rendered.Text : throw new InvalidOperationException("It failed.");

    [Benchmark(Description = "template: Handlebars.Net, objects")]
    public string HandlebarsObjects() => _theirs(_typed);

    [Benchmark(Description = "template: Handlebars.Net, dictionaries")]
    public string HandlebarsDictionaries() => _theirs(_dictionary);
}

using System.Text.Json;
using WeComOps.Templates.Language;

namespace WeComOps.Templates.Lint;

/// <summary>Renders a template in all its ways and reads what comes out, with each finding at the place that caused it.</summary>
internal sealed class LintReader(TemplateSource source, ITemplateProgram program, LintRules rules, LintSettings settings, DateOnly today)
{
    /// <summary>As long as a real one: 22 characters of token.</summary>
    public const string SampleLink = "https://link.bank.example/l/AbCdEfGhIjKlMnOpQrStUv";
    private static readonly (string Name, string Title, string Branch) SampleAdvisor = ("欧阳明月", "财富管理客户经理", "高新技术开发区支行");

    private readonly HashSet<LintFinding> _findings = [];
    private readonly HashSet<LintExempted> _exempted = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly TemplateSchema _schema = TemplateSchemas.Of(source);

    public IReadOnlyCollection<LintFinding> Findings => _findings;

    public IReadOnlyCollection<LintExempted> Exempted => _exempted;

    public int Texts => _read.Count;

    public void Read()
    {
        var tried = source.Variables.Where(variable => variable.Value.Type == "boolean").Select(variable => variable.Key).Append("variant").ToHashSet(StringComparer.Ordinal);
        var map = new CodeMap(source.Body, tried);
        var snippets = MarkedSnippets.Of(source, program, map);
        if (map.Blocks.Count + snippets.Blocks is > Rewrite.MostBlocks and var blocks)
        {
            Add("too-many-blocks", LintLevel.Block, (source.BodyLine, 1), string.Empty, $"正文里有 {blocks} 处 {{{{ }}}}，太多了。", string.Empty, "拆成几份内容。");
            return;
        }

        var (cases, all) = RenderCases.Of(source, map);
        if (!all)
        {
            Add("many-branches", LintLevel.Info, (source.BodyLine, 1), string.Empty, "条件的组合太多，没有全部试到；每个分支单独试过。", string.Empty, "把内容拆开，条件少一些更好读。");
        }

        var rewrites = new Dictionary<string, Rewrite>(StringComparer.Ordinal);
        foreach (var item in cases)
        {
            var key = item.Ways is null ? string.Empty : string.Join(',', item.Ways);
            if (!rewrites.TryGetValue(key, out var rewrite))
            {
                rewrites[key] = rewrite = Rewrite.Of(source.Body, map, item.Ways);
            }

            Read(item, map, snippets, rewrite);
        }

        foreach (var (path, text) in CardChecks.Read(source))
        {
            foreach (var hit in TextScan.Scan(text, source, rules))
            {
                Take(hit, text, source.PlaceOf(path).At(hit.Start));
            }
        }
    }

    private void Read(RenderCase item, CodeMap map, MarkedSnippets snippets, Rewrite rewrite)
    {
        var result = TemplateCompiler.Compile(rewrite.Text, _schema, snippets.Texts);
        if (result is not CompileResult.Success && item.Ways is null)
        {
            // Marks may not fit into a source near the limit: then the text is read without them, and places are less exact.
            result = TemplateCompiler.Compile(source.Body, _schema, source.Snippets);
        }

        if (result is not CompileResult.Success compiled)
        {
            Add("many-branches", LintLevel.Info, (source.BodyLine, 1), string.Empty, "有的分支没能单独试到，只按示例走了一遍。", string.Empty, "把条件写简单一些，或调整示例看每个分支。");
            return;
        }

        var model = TemplateModels.Build(
            source, item.Booleans, RenderCases.Phrases(source, item.Wording), item.Untitled ? SampleAdvisor with { Title = string.Empty } : SampleAdvisor, SampleLink, today,
            variant: item.Variant);
        var traced = TracedText.Of(string.Empty, source, map, snippets, RenderCases.Paths(source, item.Wording));
        switch (compiled.Template.Render(TemplateModel.FromJson(JsonSerializer.SerializeToElement(model, ModelJson.Default.JsonObject))))
        {
            case RenderResult.Failed { Error: var error }:
                // Within the samples a division by zero or the like may come from forcing alone: a person decides.
                Add("missing-value", item.Ways is null || error.Code == "unassigned" ? LintLevel.Block : LintLevel.Warn, Origin(error, rewrite, snippets, traced), string.Empty,
                    "有一个分支渲染不出来：" + error.Message, string.Empty, error.Remedy);
                break;
            case RenderResult.Rendered { Text: var marked }:
                traced = TracedText.Of(marked, source, map, snippets, RenderCases.Paths(source, item.Wording));
                Silent(item, traced);
                if (!item.Untitled && _read.Add(traced.Text))
                {
                    Check(traced);
                }

                break;
            default:
                break;
        }
    }

    private (int Line, int Column) Origin(TemplateError error, Rewrite rewrite, MarkedSnippets snippets, TracedText traced) => error.Snippet is { } name
        ? source.PlaceInSnippet(name, snippets.Origin(name, error.Line, error.Column))
        : traced.PlaceInBody(rewrite.Origin(error.Line, error.Column));

    private void Silent(RenderCase item, TracedText traced)
    {
        foreach (var (block, place) in traced.Silent())
        {
            if (item.Untitled && item.Ways is null && block.Expression == "advisor.title")
            {
                Add("missing-value", LintLevel.Warn, place, block.Expression, "有的客户经理没有职务，这里会空着。", string.Empty,
                    "写成 {{ if advisor.title != \"\" }}{{ advisor.title }}{{ end }}，或不写职务。");
            }
            else if (!item.Untitled)
            {
                Add("missing-value", LintLevel.Warn, place, block.Expression, "这一处在有的分支里什么也没有打印。", string.Empty, "补上内容，或用 if 把前后的字一起略去。");
            }
        }
    }

    private void Check(TracedText traced)
    {
        var text = traced.Text;
        foreach (var hit in TextScan.Scan(text, source, rules))
        {
            Take(hit, text, traced.Place(hit.Start));
        }

        foreach (var (rule, level, at, found, message, remedy) in TextChecks.Of(text, source, settings))
        {
            Add(rule, level, traced.Place(at), found, message, TextChecks.BasisOf(rule), remedy);
        }

        var normal = NormalText.Of(text, rules.Folding).Text;
        foreach (var notice in rules.Notices.Where(notice => notice.Covers(source) && !notice.AnyOf.Any(words => normal.Contains(words, StringComparison.Ordinal))))
        {
            // The bank's own wording takes the place of the usual one; that it is printed is checked apart.
            if (notice.Id != "risk-text" || source.RiskText is null)
            {
                Add(notice.Id, notice.LevelKinds.Count == 0 || notice.LevelKinds.Contains(source.Kind) ? notice.Level : notice.Otherwise, (source.BodyLine, 1), string.Empty,
                    $"{notice.Title}：{notice.Why}", notice.Basis, notice.Remedy);
            }
        }

        if (source.RiskText is { } required && !normal.Contains(NormalText.Of(required, rules.Folding).Text, StringComparison.Ordinal))
        {
            Add("risk-text", LintLevel.Block, source.PlaceOf("riskText").At(0), string.Empty, "说明部分写了 riskText，但有的分支没有打印它。", string.Empty, "在每个分支都会走到的地方写 {{ risk_text }}。");
        }
    }

    private void Take(Hit hit, string text, (int Line, int Column) place)
    {
        var registered = source.Exemptions.FirstOrDefault(exemption => exemption.Rule == hit.Rule.Id && Covers(exemption.Text, text, hit));
        if (hit.Reason is { } reason)
        {
            _exempted.Add(new LintExempted(hit.Rule.Id, place.Line, place.Column, hit.Found, reason));
        }
        else if (registered is not null && hit.Rule.Exemptible)
        {
            _exempted.Add(new LintExempted(hit.Rule.Id, place.Line, place.Column, hit.Found, $"已登记 {registered.Registration}：{registered.Reason}"));
            // Never silent: whoever approves it has seen under which number and why.
            Add("exempted", LintLevel.Warn, place, hit.Found, $"命中“{hit.Rule.Title}”，按登记 {registered.Registration} 放行：{registered.Reason}。", hit.Rule.Basis, "审核人请核对登记号、理由和原文。");
        }
        else
        {
            var message = $"{hit.Rule.Title}：{hit.Rule.Why}" + (hit.Disguised ? "（用空格、符号或异体字写成，照样算。）" : string.Empty);
            Add(hit.Rule.Id, hit.Rule.Level, place, hit.Found, message, hit.Rule.Basis, hit.Rule.Remedy);
        }
    }

    /// <summary>Whether a hit stands inside of the words that were allowed.</summary>
    internal static bool Covers(string allowed, string text, Hit hit)
    {
        for (var at = text.IndexOf(allowed, StringComparison.Ordinal); at >= 0; at = text.IndexOf(allowed, at + 1, StringComparison.Ordinal))
        {
            if (at <= hit.Start && hit.End <= at + allowed.Length)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(string rule, LintLevel level, (int Line, int Column) place, string found, string message, string basis, string remedy) =>
        _findings.Add(new LintFinding(rule, level, place.Line, place.Column, found, message, basis, remedy));
}

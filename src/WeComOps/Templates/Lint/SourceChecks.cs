using System.Globalization;

namespace WeComOps.Templates.Lint;

/// <summary>What is looked for in the front matter and in how it is used.</summary>
internal static class SourceChecks
{
    private static readonly string[] CustomerNames = ["customer", "client", "nickname", "客户名", "客户姓名", "姓名", "昵称"];

    public static IEnumerable<LintFinding> Of(TemplateSource source, ITemplateProgram program, DateOnly today, int soonDays)
    {
        if (source.Expires is { } last && last < today)
        {
            yield return Finding("expired", LintLevel.Block, source.PlaceOf("expires"), Day(last), "模板已过有效期。", "更新内容和 expires，重新提交。");
        }
        else if (source.Expires is { } soon && soon <= today.AddDays(soonDays))
        {
            yield return Finding("expired", LintLevel.Info, source.PlaceOf("expires"), Day(soon), "模板快到有效期。", "到期后不能再发，需要时先更新。");
        }

        foreach (var name in source.Variables.Keys.Where(name => IsManyToRead(source.Kind) && CustomerNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase))))
        {
            yield return new LintFinding(
                "named-customer", LintLevel.Block, source.PlaceOf("variables." + name).Line, source.PlaceOf("variables." + name).Column, name,
                "朋友圈、入群邀请和群发很多人会看到，不能写某一位客户。", "《个人信息保护法》第二十八条", "改为称呼客群：写 audience，用 segment.name。");
        }

        foreach (var name in source.Snippets.Keys.Where(name => !program.Includes(name)))
        {
            yield return Finding("unused", LintLevel.Warn, source.PlaceOf(TemplateSource.SnippetPath(name)), name, $"片段 {name} 没有在正文里用到。", $"在正文里写 {{{{ include '{name}' }}}}，或从说明部分去掉。");
        }

        foreach (var (kind, names) in Declared(source))
        {
            foreach (var name in names.Where(name => !program.Uses(name)))
            {
                yield return Finding("unused", LintLevel.Warn, source.PlaceOf(PathOf(kind, name)), name, $"{kind} {name} 没有在正文里用到。", "用上它，或从说明部分去掉。");
            }
        }

        if (source.Variants.Count > 0 && source.Kind is not (TemplateKind.RequestCopy or TemplateKind.Moment or TemplateKind.GroupPost))
        {
            yield return Finding("variants", LintLevel.Warn, source.PlaceOf("variants"), string.Empty, "这一类内容还不轮换变体，只会用第一个。", "去掉 variants，或分成两个模板。");
        }

        if (source.Kind is TemplateKind.Answer or TemplateKind.RequestCopy && program.Uses("link"))
        {
            yield return Finding("no-link-here", LintLevel.Block, new Place(source.BodyLine, 1, Literal: false), "link", "申请文案和应答发出时没有追踪链接，这里会空着。", "去掉 {{ link }}。");
        }

        if (source.Kind == TemplateKind.JoinCopy && source.Variables.Count + source.Market.Count > 0)
        {
            yield return Finding("no-variables-here", LintLevel.Block, new Place(source.BodyLine, 1, Literal: false), string.Empty, "引流文案在群建好以后才生成，不能带变量和行情数据。", "写固定的字句，不同说法放在 wordings。");
        }

        if (source.Kind == TemplateKind.Answer && source.Variables.Count + source.Market.Count > 0)
        {
            yield return Finding("no-variables-here", LintLevel.Block, new Place(source.BodyLine, 1, Literal: false), string.Empty, "应答直接选用，没有人再填变量和行情数据，示例值会当成事实发出去。", "写固定的字句；当天的数字由应答的人自己写。");
        }

        if (source.Kind == TemplateKind.DirectMessage && !program.Uses("advisor"))
        {
            yield return new LintFinding(
                "no-sender", LintLevel.Info, source.BodyLine, 1, string.Empty, "没有写发送人。", "《广告法》第四十三条", "写上 {{ advisor.name }} 和 {{ advisor.branch }}，让客户知道是谁、怎么联系。");
        }

        if (source.ProductType is null && source.Kind is not (TemplateKind.RequestCopy or TemplateKind.Welcome))
        {
            yield return Finding("no-product-type", LintLevel.Info, Place.Start, string.Empty, "没有写 productType，针对产品的规则没有查。", "写 productType；不涉及产品写 none。");
        }

        if (source.Audience is null && source.Kind is not (TemplateKind.RequestCopy or TemplateKind.Answer))
        {
            yield return Finding("no-audience", LintLevel.Info, Place.Start, string.Empty, "没有写给哪个客群。", "写 audience，例如 26至45岁代发客户。");
        }
    }

    /// <summary>Snippets that nobody has approved as they are.</summary>
    /// <param name="approved">Null: not looked up.</param>
    public static IEnumerable<LintFinding> NewSnippets(TemplateSource source, IReadOnlySet<string>? approved) => approved is null
        ? []
        : source.Snippets.Where(snippet => !approved.Contains(snippet.Value)).Select(snippet => Finding(
            "new-snippet", LintLevel.Warn, source.PlaceOf(TemplateSource.SnippetPath(snippet.Key)), snippet.Key,
            $"片段 {snippet.Key} 是新写的，或和已批准的不一样，审核时请一并看。", "要用已批准的文字，从“已批准的片段”里插入。"));

    /// <summary>An exemption that meets nothing hides nothing, but misleads the reviewer; one for an unknown rule is a slip.</summary>
    public static IEnumerable<LintFinding> Exemptions(TemplateSource source, IReadOnlyCollection<LintExempted> used)
    {
        foreach (var (exemption, number) in source.Exemptions.Select((exemption, number) => (exemption, number)))
        {
            if (!used.Any(place => place.Rule == exemption.Rule && place.Reason.Contains(exemption.Registration, StringComparison.Ordinal)))
            {
                yield return Finding(
                    "exemption", LintLevel.Warn, source.PlaceOf(string.Create(CultureInfo.InvariantCulture, $"exemptions.{number}")), exemption.Text,
                    $"豁免 {exemption.Registration} 没有用到：规则 {exemption.Rule} 在这段文字里没有命中，或这条规则不能豁免。", "核对规则编号和原文，或去掉这一条。");
            }
        }
    }

    private static bool IsManyToRead(TemplateKind kind) => kind is TemplateKind.Moment or TemplateKind.JoinCopy or TemplateKind.GroupPost or TemplateKind.RequestCopy;

    private static IEnumerable<(string Kind, IEnumerable<string> Names)> Declared(TemplateSource source)
    {
        yield return ("变量", source.Variables.Keys);
        yield return ("措辞", source.Wordings.Keys);
        if (source.Market.Count > 0)
        {
            yield return ("行情数据", ["market"]);
        }

        if (source.RiskText is not null)
        {
            yield return ("风险提示", ["risk_text"]);
        }

        if (source.Variants.Count > 0)
        {
            yield return ("变体", ["variant"]);
        }
    }

    private static string PathOf(string kind, string name) => kind switch { "变量" => "variables." + name, "措辞" => $"wordings.{name}.0", "风险提示" => "riskText", _ => string.Empty };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static LintFinding Finding(string rule, LintLevel level, Place place, string found, string message, string remedy) =>
        new(rule, level, place.Line, place.Column, found, message, string.Empty, remedy);
}

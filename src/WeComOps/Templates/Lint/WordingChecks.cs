namespace WeComOps.Templates.Lint;

/// <summary>Whether the colleagues of a bank would post one sentence.</summary>
internal static class WordingChecks
{
    private const int MostRendered = 256;

    public static (int Distinct, decimal? Likeness, IReadOnlyList<LintFinding> Findings) Of(
        TemplateSource source, ITemplateProgram program, LintSettings settings, DateOnly today)
    {
        // Texts as slices would get them, in their order.
        var possible = Math.Min((long)source.DistinctWordings * Math.Max(1, source.Variants.Count), MostRendered);
        var texts = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < possible; number++)
        {
            if (TextOf(source, program, number, today) is { } text && seen.Add(text))
            {
                texts.Add(text);
            }
        }

        // Posts in groups are one for each advisor; a moment's text is shared.
        var shared = source.Kind is TemplateKind.Moment or TemplateKind.JoinCopy ? settings.ExecutorsPerWording : 1;
        var needed = (settings.Advisors + shared - 1) / shared;
        var compared = Likeness.Mean([.. texts.Take(needed)], LintRules.Default.Folding);
        return (texts.Count, compared, source.Kind is TemplateKind.Moment or TemplateKind.JoinCopy or TemplateKind.GroupPost ? [.. Judge(source, settings, texts.Count, needed, compared)] : []);
    }

    private static IEnumerable<LintFinding> Judge(TemplateSource source, LintSettings settings, int distinct, int needed, decimal? likeness)
    {
        if (distinct < Math.Min(needed, source.Kind == TemplateKind.GroupPost ? 3 : needed))
        {
            yield return Finding(
                "few-wordings", source, $"只有 {distinct} 种说法，{settings.Advisors} 位客户经理要 {needed} 种才不会发同一句话（每种最多 {settings.ExecutorsPerWording} 人）。",
                "在 wordings 里多写几句开头和结尾。");
        }

        if (likeness > settings.AlikeAbove)
        {
            yield return Finding(
                "alike", source, $"不同客户经理发出来的文字平均有 {likeness:0%} 相同，看起来像转发通稿。", "让开头、建议和结尾都有几种说法，不只换一个词。");
        }
    }

    private static string? TextOf(TemplateSource source, ITemplateProgram program, int number, DateOnly today) => program.Render(TemplateModels.Build(
        source, new Dictionary<string, string>(StringComparer.Ordinal), source.WordingOf(source.WordingNumberOf(number)), ("张伟", "理财经理", "示例支行"), LintReader.SampleLink, today,
        variant: source.VariantOf(number))).Text;

    private static LintFinding Finding(string rule, TemplateSource source, string message, string remedy) =>
        new(rule, LintLevel.Warn, source.BodyLine, 1, string.Empty, message, "运营规则：内容要与同事不同", remedy);
}

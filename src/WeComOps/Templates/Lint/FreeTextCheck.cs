using System.Text;

namespace WeComOps.Templates.Lint;

/// <summary>
/// How much of a text may be written by whoever issues it, after the review. A template that is mostly blanks approves nothing.
/// </summary>
internal static class FreeTextCheck
{
    /// <summary>Stands for whatever is filled in; no text contains it (the private-use area is refused).</summary>
    private const char Mark = '\ue100';

    public static IEnumerable<LintFinding> Of(TemplateSource source, ITemplateProgram program, DateOnly today)
    {
        var free = source.Variables.Where(variable => variable.Value.IsFree).ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        if (free.Count == 0 || Render(source, program, today, free.Keys) is not { } whole)
        {
            yield break;
        }

        var written = whole.EnumerateRunes().Count(rune => !Rune.IsWhiteSpace(rune) && rune.Value != Mark);
        // One by one: how often each is printed.
        var open = free.Sum(variable => (Render(source, program, today, [variable.Key])?.Count(letter => letter == Mark) ?? 0) * variable.Value.Max);
        if (open > written)
        {
            var place = source.PlaceOf("variables." + free.Keys.First());
            yield return new LintFinding(
                "mostly-blank", LintLevel.Block, place.Line, place.Column, string.Join('、', free.Keys),
                $"固定的文字有 {written} 字，填写的变量最多可以到 {open} 字：审核人看到的不是客户看到的。", "运营规则：没有审核过的内容不能发出",
                $"给变量写小一些的 max（不写是 {DeclaredVariable.DefaultMax}），或把内容写进正文。");
        }
    }

    private static string? Render(TemplateSource source, ITemplateProgram program, DateOnly today, IEnumerable<string> marked)
    {
        var (text, _) = program.Render(TemplateModels.Build(
            source, marked.ToDictionary(name => name, _ => Mark.ToString(), StringComparer.Ordinal), source.WordingOf(0), ("张伟", "理财经理", "示例支行"), LintReader.SampleLink, today,
            variant: source.VariantOf(0)));
        return text is null ? null : Addresses.Mask(text);
    }
}

using System.Text;

namespace WeComOps.Templates.Lint;

/// <summary>Whether the card of a link fits WeCom, and what the rules about words find in it: customers read it like the text.</summary>
internal static class CardChecks
{
    private const int MostTitleBytes = 64;
    private const int MostDescriptionBytes = 512;
    private const string Basis = "企业微信接口的图文链接限制";

    public static IEnumerable<LintFinding> Of(TemplateSource source)
    {
        if (source.Card is not { } card)
        {
            yield break;
        }

        if (source.Kind is not (TemplateKind.Moment or TemplateKind.GroupPost))
        {
            yield return Finding(source, "title", "no-card-here", LintLevel.Block, string.Empty, "只有朋友圈和群发能带图文链接。", "去掉 card，需要链接时在正文里写 {{ link }}。");
            yield break;
        }

        if (source.Kind == TemplateKind.Moment && source.Images.Count > 0)
        {
            yield return Finding(source, "title", "card-or-pictures", LintLevel.Block, string.Empty, "朋友圈不能同时带图片和图文链接。", "去掉 images 或 card；要图片又要链接的，在正文里写 {{ link }}。");
        }

        foreach (var (key, text, most) in ((string, string?, int)[])[("title", card.Title, MostTitleBytes), ("description", card.Description, MostDescriptionBytes)])
        {
            var length = Encoding.UTF8.GetByteCount(text ?? string.Empty);
            if (length > most)
            {
                yield return Finding(source, key, "card-too-long", LintLevel.Block, text!, $"有 {length} 字节，最多 {most} 字节（一个汉字 3 字节）。", "写短一些。");
            }
        }

        if (source.Kind == TemplateKind.Moment && card.Description is { } unseen)
        {
            yield return Finding(source, "description", "card-description", LintLevel.Info, unseen, "朋友圈的图文链接只显示标题。", "需要说明的写在正文里。");
        }
    }

    /// <summary>Title and description, as far as customers see them, with where they stand.</summary>
    public static IEnumerable<(string Path, string Text)> Read(TemplateSource source)
    {
        if (source.Card is { } card)
        {
            yield return ("card.title", card.Title);
            if (card.Description is { } description)
            {
                yield return ("card.description", description);
            }
        }
    }

    private static LintFinding Finding(TemplateSource source, string key, string rule, LintLevel level, string found, string message, string remedy)
    {
        var place = source.PlaceOf("card." + key);
        return new(rule, level, place.Line, place.Column, found, message, Basis, remedy);
    }
}

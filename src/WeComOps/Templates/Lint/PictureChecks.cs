using System.Globalization;
using WeComOps.Media;

namespace WeComOps.Templates.Lint;

/// <summary>Whether the pictures that a template names are there and fit its kind.</summary>
public static class PictureChecks
{
    private const string Basis = "企业微信接口的图片限制";

    /// <param name="pictures">As found in the store, the cover of the link last; null where there is none to look into.</param>
    public static IEnumerable<LintFinding> Of(TemplateSource source, IReadOnlyList<NamedPicture>? pictures)
    {
        if (source.Images.Count > 0 && source.Kind is TemplateKind.RequestCopy or TemplateKind.Answer)
        {
            yield return Finding(source, 0, "no-pictures-here", LintLevel.Block, "申请文案和应答只有文字，图片发不出去。", "去掉 images。");
            yield break;
        }

        foreach (var (name, number) in source.Images.Select((name, number) => (name, number)))
        {
            if (source.Images.Take(number).Contains(name, StringComparer.Ordinal))
            {
                yield return Finding(source, number, "picture-twice", LintLevel.Warn, "同一张图片写了两次。", "去掉一处。");
            }
        }

        if (pictures is null)
        {
            if (source.Images.Count > 0 || source.Card?.Cover is not null)
            {
                yield return Finding(source, 0, "pictures-not-checked", LintLevel.Info, "图片是否在库里，这里没有查。", "提交审核和发出时会查。");
            }

            yield break;
        }

        foreach (var (picture, number) in pictures.Select((picture, number) => (picture, number)))
        {
            switch (picture)
            {
                case { Found.Count: 0 }:
                    yield return Finding(source, number, "no-such-picture", LintLevel.Block, "没有这张图片。", "先在“图片”页（/pictures）上传，再写它的编号或文件名。");
                    break;
                case { Picture: null }:
                    yield return Finding(source, number, "ambiguous-picture", LintLevel.Block, $"有 {picture.Found.Count} 张图片叫这个名字。", $"写编号，例如 {picture.Found[0].Id}。");
                    break;
                case { Picture: { } one } when PictureLimits.Refuse(one, number < source.Images.Count ? TemplatePictures.UseOf(source.Kind) : TemplatePictures.CoverUseOf(source.Kind)) is { } refusal:
                    yield return Finding(source, number, "picture-limits", LintLevel.Block, refusal, "缩小后重新上传，再换成新的编号。");
                    break;
            }
        }
    }

    private static LintFinding Finding(TemplateSource source, int number, string rule, LintLevel level, string message, string remedy)
    {
        var isCover = number >= source.Images.Count;
        var place = source.PlaceOf(isCover ? "card.cover" : string.Create(CultureInfo.InvariantCulture, $"images.{number}"));
        return new(rule, level, place.Line, place.Column, isCover ? source.Card!.Cover! : source.Images[number], message, Basis, remedy);
    }
}

using System.Text;

namespace WeComOps.Templates.Lint;

/// <summary>How long a text may be: WeCom's limits by the call that carries the kind (documents 95094, 92135, 92137, 90236), and our own advice.</summary>
internal static class KindLimits
{
    /// <summary>Our own: a request that does not fit on one line is not read. WeCom documents no limit.</summary>
    private const int RequestCharacters = 50;

    public static (LintLevel Level, string Message, string Remedy)? Check(TemplateKind kind, string text)
    {
        var (unit, length, most) = kind is TemplateKind.Moment or TemplateKind.JoinCopy
            ? ("个字", text.EnumerateRunes().Count(), 2000)
            : ("字节", Encoding.UTF8.GetByteCount(text), kind is TemplateKind.Answer or TemplateKind.RequestCopy ? 2048 : 4000);
        if (length > most)
        {
            return (LintLevel.Block, $"有 {length} {unit}，企业微信最多 {most} {unit}，会被拒收或截断。", "精简正文，细节放到链接的页面上。");
        }

        if (kind == TemplateKind.RequestCopy && text.EnumerateRunes().Count() > RequestCharacters)
        {
            return (LintLevel.Warn, $"申请文案有 {text.EnumerateRunes().Count()} 个字，太长了。", $"只说是谁，不超过 {RequestCharacters} 个字。");
        }

        return length > most * 95 / 100 ? (LintLevel.Warn, $"有 {length} {unit}，接近上限 {most} {unit}，名字或链接长一些就会超出。", "留出一成余量。") : null;
    }
}

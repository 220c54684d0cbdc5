using System.Globalization;

namespace WeComOps.Templates.Lint;

/// <summary>What is looked for in a rendered text besides words: addresses, personal numbers, invisible characters, length.</summary>
internal static class TextChecks
{
    private const int Shown = 30;

    public static string BasisOf(string rule) => rule switch
    {
        "personal-data" => "《个人信息保护法》第二十八条、第二十九条",
        "link-host" => "链接白名单（Links:AllowedHosts）",
        "too-long" => "企业微信接口的长度限制",
        "hidden-characters" => "文案检查规则",
        _ => string.Empty,
    };

    public static IEnumerable<(string Rule, LintLevel Level, int At, string Found, string Message, string Remedy)> Of(string text, TemplateSource source, LintSettings settings)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return ("empty-text", LintLevel.Block, 0, string.Empty, "渲染出来没有文字：没有可读的，不等于没有问题。", "写上内容，每个分支都要有。");
        }

        foreach (var (at, address, host, isHttps) in Addresses.In(text))
        {
            if (address.StartsWith(LintReader.SampleLink, StringComparison.Ordinal))
            {
                if (address.Length > LintReader.SampleLink.Length)
                {
                    yield return ("link-host", LintLevel.Block, at, address[LintReader.SampleLink.Length..], "链接后面紧跟着别的字，客户点开会出错。", "在 {{ link }} 后面空一格或换行。");
                }
            }
            else if (!isHttps || !settings.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
            {
                yield return ("link-host", LintLevel.Block, at, Short(address), "链接不在允许的名单里，或不是 https。", "用 {{ link }}，在工作要求里填写去处；确需直接写的，请管理员加入 Links:AllowedHosts。");
            }
        }

        var masked = Addresses.Mask(text);
        foreach (var (start, end, what) in PersonalData.In(masked))
        {
            yield return ("personal-data", LintLevel.Block, start, Hide(text[start..end]), $"像是{what}：个人信息不能写进内容。", "删去；要联系人时写客户经理本人，要电话时写客服热线。");
        }

        for (var at = 0; at < text.Length; at++)
        {
            if (Invisible(text[at]) is { } name && !JoinsEmoji(text, at))
            {
                yield return ("hidden-characters", IsReordering(text[at]) ? LintLevel.Block : LintLevel.Warn, at, string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[at]:X4}"), $"有看不见的字符：{name}。", "删去这个位置重新输入。");
            }
        }

        if (KindLimits.Check(source.Kind, text.Trim()) is { } limit)
        {
            yield return ("too-long", limit.Level, 0, string.Empty, limit.Message, limit.Remedy);
        }
    }

    private static string? Invisible(char letter) => letter switch
    {
        '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' or '\u180e' => "零宽字符",
        _ when IsReordering(letter) => "改变文字方向的字符",
        '\n' or '\r' or '\t' => null,
        _ when char.IsControl(letter) => "控制字符",
        _ => null,
    };

    private static bool IsReordering(char letter) => letter is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' or '\u200e' or '\u200f';

    /// <summary>A zero-width joiner between pictures makes one picture of them.</summary>
    private static bool JoinsEmoji(string text, int at) =>
        text[at] == '\u200d' && at > 0 && at + 1 < text.Length && (char.IsSurrogate(text[at - 1]) || text[at - 1] == '\ufe0f') && (char.IsSurrogate(text[at + 1]) || text[at + 1] > '\u2000');

    private static string Short(string text) => text.Length <= Shown ? text : text[..Shown] + "…";

    /// <summary>A report must not carry the number on.</summary>
    private static string Hide(string number) => number.Length <= 4 ? number : number[..3] + new string('*', number.Length - 5) + number[^2..];
}

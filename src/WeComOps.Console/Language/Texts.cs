using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace WeComOps.Console.Language;

/// <summary>
/// The words of the screen in the viewer's language. Pages say the Chinese; <see cref="English"/> holds the other language.
/// A test sees to it that nothing a page says is missing there.
/// </summary>
internal sealed class Texts
{
    public const string Cookie = "lang";
    public const string EnglishCode = "en";

    public Texts(IHttpContextAccessor accessor)
        : this(accessor.HttpContext?.Request.Cookies[Cookie] == EnglishCode)
    {
    }

    internal Texts(bool english) => IsEnglish = english;

    public bool IsEnglish { get; }

    public string Language => IsEnglish ? "en" : "zh-CN";

    public string this[string chinese] => IsEnglish && English.Words.TryGetValue(chinese, out var english) ? english : chinese;

    /// <summary>The same with <c>{0}</c>, <c>{1}</c> … filled in.</summary>
    public string Say(string chinese, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[chinese], values);
}

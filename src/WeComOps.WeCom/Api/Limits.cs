using System.Text;
using System.Text.RegularExpressions;

namespace WeComOps.WeCom.Api;

/// <summary>
/// Documented limits, checked before a call. Collects the first violation; <see cref="Broken"/> is null when all is well. Characters are
/// counted as UTF-16 units, which is never less than what WeCom counts.
/// </summary>
internal sealed partial class Limits
{
    public string? Broken { get; private set; }

    public Limits Chars(string name, string? text, int min, int max) =>
        Check((text?.Length ?? 0) >= min && (text?.Length ?? 0) <= max, FormattableString.Invariant($"{name} must have {min} to {max} characters"));

    public Limits Bytes(string name, string? text, int min, int max)
    {
        var length = Encoding.UTF8.GetByteCount(text ?? "");
        return Check(length >= min && length <= max, FormattableString.Invariant($"{name} must have {min} to {max} bytes"));
    }

    public Limits Count<T>(string name, IReadOnlyCollection<T> items, int min, int max) =>
        Check(items.Count >= min && items.Count <= max, FormattableString.Invariant($"{name} must have {min} to {max} entries"));

    public Limits Span(string name, TimeSpan span, TimeSpan max) =>
        Check(span >= TimeSpan.Zero && span <= max, FormattableString.Invariant($"{name} must span 0 to {max.TotalDays} days"));

    /// <summary>Also keeps <c>@all</c> and a joined list out of places that mean one member.</summary>
    public Limits UserId(string name, string userId) =>
        Check(userId != "@all" && UserIdPattern().IsMatch(userId), $"{name} must be one userid of 1 to 64 letters, digits or _-.@");

    public Limits UserIds(string name, IReadOnlyCollection<string> userIds, int max)
    {
        Count(name, userIds, 1, max);
        foreach (var userId in userIds)
        {
            UserId(name, userId);
        }

        return this;
    }

    public Limits TaskId(string taskId) =>
        Check(TaskIdPattern().IsMatch(taskId), "the card's task id must have 1 to 128 of 0-9 A-Z a-z _ - @");

    public Limits Distinct(string name, IEnumerable<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Check(keys.All(seen.Add), $"{name} must differ from one another");
    }

    public Limits Link(PushLink? link) => link is null
        ? this
        : Bytes("the link's title", link.Title, 1, 64).Bytes("the link's address", link.Url, 1, 2048).Bytes("the link's description", link.Description, 0, 512);

    /// <summary>Nine attachments at most; a moment shows pictures or a link, never both (doc 95094).</summary>
    public Limits Pictures(IReadOnlyCollection<string>? pictures, int max) => Count("the pictures", pictures ?? [], 0, max);

    private Limits Check(bool holds, string rule)
    {
        Broken ??= holds ? null : rule;
        return this;
    }

    [GeneratedRegex(@"\A[0-9A-Za-z_.@-]{1,64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserIdPattern();

    [GeneratedRegex(@"\A[0-9A-Za-z_@-]{1,128}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TaskIdPattern();
}

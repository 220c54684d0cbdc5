using System.Text.Json;

namespace WeComOps.WeCom.Api.Wire;

internal sealed record WireStatus(int? Errcode, string? Errmsg);

internal sealed record TokenReply(string? AccessToken, long ExpiresIn);

/// <summary>A reply that may be one page of several.</summary>
internal interface IPage
{
    string? NextCursor { get; }
}

internal sealed record TextBody(string Content);

/// <summary>From wire values to the product's. What WeCom must send and did not is a <see cref="JsonException"/>.</summary>
internal static class FromWire
{
    public static IEnumerable<T> Items<T>(this IReadOnlyList<T?>? list)
        where T : class => list is null ? [] : list.OfType<T>();

    public static string Required(this string? value) => string.IsNullOrEmpty(value) ? throw new JsonException("A required text is missing.") : value;

    public static T Required<T>(this T? value)
        where T : class => value ?? throw new JsonException("A required object is missing.");

    public static string? OrNull(this string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>Unix seconds to UTC.</summary>
    public static DateTimeOffset Instant(this long seconds) => seconds is >= 0 and < 100_000_000_000
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw new JsonException("A time is out of range.");

    /// <summary>Absent and 0 both mean "not yet".</summary>
    public static DateTimeOffset? InstantOrNull(this long? seconds) => seconds is null or 0 ? null : seconds.Value.Instant();
}

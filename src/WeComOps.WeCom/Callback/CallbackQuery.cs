using Microsoft.AspNetCore.Http;

namespace WeComOps.WeCom.Callback;

/// <summary>The query parameters of every callback request.</summary>
internal sealed record CallbackQuery(string Signature, string Timestamp, string Nonce)
{
    /// <returns>Null when one is absent, empty or given twice.</returns>
    public static CallbackQuery? From(IQueryCollection query) =>
        Single(query, "msg_signature") is { } signature && Single(query, "timestamp") is { } timestamp && Single(query, "nonce") is { } nonce
            ? new CallbackQuery(signature, timestamp, nonce)
            : null;

    public static string? Single(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } value] ? value : null;
}

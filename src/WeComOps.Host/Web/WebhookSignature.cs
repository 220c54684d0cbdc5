using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WeComOps.Host.Web;

/// <summary>Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, header <c>v1,&lt;base64&gt;</c>, several separated by spaces.</summary>
internal static class WebhookSignature
{
    private const int ToleranceSeconds = 300;

    /// <summary>Null when the signature holds; else why not, without a hint at the right one.</summary>
    public static string? Refuse(IHeaderDictionary headers, ReadOnlySpan<byte> body, byte[] key, DateTimeOffset now)
    {
        string id = headers["webhook-id"].ToString(), timestamp = headers["webhook-timestamp"].ToString(), signatures = headers["webhook-signature"].ToString();
        if (id.Length == 0 || timestamp.Length == 0 || signatures.Length == 0)
        {
            return "The request is not signed. Send the headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks).";
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - (decimal)seconds) > ToleranceSeconds)
        {
            return "webhook-timestamp is more than 300 s from now. Check the clock, and sign each attempt anew.";
        }

        var prefix = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var content = new byte[prefix.Length + body.Length];
        prefix.CopyTo(content, 0);
        body.CopyTo(content.AsSpan(prefix.Length));
        var expected = HMACSHA256.HashData(key, content);
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var given = new byte[64];
            if (signature.StartsWith("v1,", StringComparison.Ordinal)
                && Convert.TryFromBase64String(signature[3..], given, out var length)
                && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), expected))
            {
                return null;
            }
        }

        return "webhook-signature does not fit the body and Sales:SigningSecret.";
    }
}

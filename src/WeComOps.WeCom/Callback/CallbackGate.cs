using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace WeComOps.WeCom.Callback;

/// <summary>
/// Decides whether a callback is WeCom's. Pure: the clock is a parameter. While a token or key is being changed, the previous one is
/// accepted too, in any combination.
/// </summary>
internal sealed class CallbackGate
{
    private const long ToleranceSeconds = 300;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly CallbackCrypto[] _cryptos;

    public CallbackGate(IOptions<WeComOptions> options)
    {
        var callback = options.Value.Callback;
        string[] keys = [callback.EncodingAesKey, .. Given(callback.PreviousEncodingAesKey)];
        string[] tokens = [callback.Token, .. Given(callback.PreviousToken)];
        _cryptos = [.. tokens.SelectMany(token => keys.Select(key => new CallbackCrypto(token, key, options.Value.CorpId)))];
    }

    public static CallbackRefusal? CheckTime(string timestamp, DateTimeOffset now)
    {
        // At most 11 digits: the window makes larger numbers stale anyway, and they could overflow.
        if (timestamp.Length > 11 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return CallbackRefusal.BadTimestamp;
        }

        return Math.Abs(now.ToUnixTimeSeconds() - seconds) > ToleranceSeconds ? CallbackRefusal.BadTimestamp : null;
    }

    /// <summary>The ciphertext of the outer XML; the only thing read before the signature holds.</summary>
    public static bool TryReadEnvelope(ReadOnlySpan<byte> body, out string encrypted)
    {
        encrypted = "";
        try
        {
            encrypted = HardenedXml.TextOfOnly(StrictUtf8.GetString(body), "Encrypt") ?? "";
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return false;
        }

        return encrypted.Length > 0;
    }

    public bool TryOpen(CallbackQuery query, string encrypted, out byte[] message, out CallbackRefusal refusal)
    {
        message = [];
        refusal = CallbackRefusal.Forged;
        foreach (var crypto in _cryptos)
        {
            if (!crypto.Verify(query.Signature, query.Timestamp, query.Nonce, encrypted))
            {
                continue;
            }

            if (crypto.TryDecrypt(encrypted, out message, out var reason))
            {
                return true;
            }

            // The current key's reason says more than the previous key's.
            refusal = refusal == CallbackRefusal.Forged ? reason : refusal;
        }

        return false;
    }

    /// <summary>The inner XML as text: UTF-8, well-formed, without a DTD.</summary>
    public static bool TryReadMessage(byte[] message, out string xml, out CallbackRefusal refusal)
    {
        xml = "";
        refusal = CallbackRefusal.BadText;
        try
        {
            xml = StrictUtf8.GetString(message);
            refusal = CallbackRefusal.BadXml;
            HardenedXml.Check(xml);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>
    /// A URL check and a message are signed alike, so whoever captured a message could ask for its plaintext as an echo. WeCom's
    /// echo is a short word: anything else is refused.
    /// </summary>
    public static bool IsEcho(ReadOnlySpan<byte> message)
    {
        foreach (var value in message)
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'-' or (byte)'_'))
            {
                return false;
            }
        }

        return message.Length is > 0 and <= 128;
    }

    private static string[] Given(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WeComOps.WeCom.Callback;

/// <summary>
/// Signature and encryption of callbacks (doc 90968): SHA-1 over the sorted parts; AES-256-CBC over
/// <c>random(16) | length(4, big-endian) | message | receiveid</c> with PKCS#7 padding to 32 bytes. Safe for concurrent use.
/// </summary>
public sealed class CallbackCrypto
{
    private const int PaddingBlock = 32;
    private const int RandomLength = 16;
    private const int HeaderLength = RandomLength + sizeof(int);
    private const int KeyTextLength = 43;

    private readonly string _token;
    private readonly byte[] _key;
    private readonly byte[] _receiveId;

    /// <param name="token">The callback token.</param>
    /// <param name="encodingAesKey">43 characters of Base64 without the final <c>=</c>.</param>
    /// <param name="receiveId">The corp id, for a self-built app.</param>
    /// <exception cref="ArgumentException">The key is not 43 characters of Base64.</exception>
    public CallbackCrypto(string token, string encodingAesKey, string receiveId)
    {
        _token = token;
        _key = DecodeKey(encodingAesKey) ?? throw new ArgumentException("The key must be 43 characters of Base64.", nameof(encodingAesKey));
        _receiveId = Encoding.UTF8.GetBytes(receiveId);
    }

    public static bool IsKey(string? encodingAesKey) => DecodeKey(encodingAesKey) is not null;

    /// <summary>Lower-case hex SHA-1 over token, timestamp, nonce and ciphertext in byte order.</summary>
    public string Sign(string timestamp, string nonce, string encrypted)
    {
        var parts = new[] { _token, timestamp, nonce, encrypted }.Select(Encoding.UTF8.GetBytes).ToArray();
        Array.Sort(parts, static (left, right) => left.AsSpan().SequenceCompareTo(right));
#pragma warning disable CA5350 // SHA-1 is what WeCom's protocol prescribes
        return Convert.ToHexStringLower(SHA1.HashData(parts.SelectMany(static part => part).ToArray()));
#pragma warning restore CA5350
    }

    /// <summary>Compares in constant time.</summary>
    public bool Verify(string signature, string timestamp, string nonce, string encrypted) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.ASCII.GetBytes(Sign(timestamp, nonce, encrypted)));

    /// <summary>Base64 ciphertext of a message, with a fresh random prefix.</summary>
    public string Encrypt(string message) =>
        Encrypt(Encoding.UTF8.GetBytes(message), RandomNumberGenerator.GetBytes(RandomLength));

    /// <param name="message">The message, UTF-8.</param>
    /// <param name="random">16 bytes in front of the message.</param>
    internal string Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> random)
    {
        var length = HeaderLength + message.Length + _receiveId.Length;
        var padding = PaddingBlock - (length % PaddingBlock);
        var plain = new byte[length + padding];
        random.CopyTo(plain);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(RandomLength), message.Length);
        message.CopyTo(plain.AsSpan(HeaderLength));
        _receiveId.CopyTo(plain.AsSpan(HeaderLength + message.Length));
        plain.AsSpan(length).Fill((byte)padding);
        using var aes = CreateAes();
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, 16), PaddingMode.None));
    }

    /// <summary>The message without its random prefix. Never throws, whatever the text is.</summary>
    public bool TryDecrypt(string encrypted, out byte[] message, out CallbackRefusal refusal)
    {
        message = [];
        var cipher = new byte[((encrypted.Length / 4) + 1) * 3];
        if (!Convert.TryFromBase64String(encrypted, cipher, out var cipherLength))
        {
            refusal = CallbackRefusal.BadBase64;
            return false;
        }

        if (cipherLength == 0 || cipherLength % PaddingBlock != 0)
        {
            refusal = CallbackRefusal.BadCipherLength;
            return false;
        }

        using var aes = CreateAes();
        // .NET's own PKCS7 mode checks against 16-byte blocks and throws for the paddings above 16 that WeCom uses.
        ReadOnlySpan<byte> plain = aes.DecryptCbc(cipher.AsSpan(0, cipherLength), _key.AsSpan(0, 16), PaddingMode.None);
        var padding = plain[^1];
        if (padding is < 1 or > PaddingBlock || plain[^padding..].ContainsAnyExcept(padding))
        {
            refusal = CallbackRefusal.BadPadding;
            return false;
        }

        plain = plain[..^padding];
        var length = plain.Length < HeaderLength ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(plain[RandomLength..]);
        if (length > plain.Length - HeaderLength)
        {
            refusal = CallbackRefusal.BadLengthField;
            return false;
        }

        var end = HeaderLength + (int)length;
        if (!CryptographicOperations.FixedTimeEquals(plain[end..], _receiveId))
        {
            refusal = CallbackRefusal.ForeignCorp;
            return false;
        }

        message = plain[HeaderLength..end].ToArray();
        refusal = default;
        return true;
    }

    private static byte[]? DecodeKey(string? encodingAesKey)
    {
        var key = new byte[PaddingBlock + 1];
        return encodingAesKey is { Length: KeyTextLength } && !encodingAesKey.Any(char.IsWhiteSpace)
            && Convert.TryFromBase64String(encodingAesKey + "=", key, out var length) && length == PaddingBlock
            ? key[..PaddingBlock]
            : null;
    }

    private Aes CreateAes()
    {
        var aes = Aes.Create();
        aes.Key = _key;
        return aes;
    }
}

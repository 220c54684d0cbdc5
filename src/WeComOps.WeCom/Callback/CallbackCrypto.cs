using System.Buffers;
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

    private readonly byte[] _token;
    private readonly byte[] _key;
    private readonly byte[] _receiveId;

    /// <param name="token">The callback token.</param>
    /// <param name="encodingAesKey">43 characters of Base64 without the final <c>=</c>.</param>
    /// <param name="receiveId">The corp id, for a self-built app.</param>
    /// <exception cref="ArgumentException">The key is not 43 characters of Base64.</exception>
    public CallbackCrypto(string token, string encodingAesKey, string receiveId)
    {
        _token = Encoding.UTF8.GetBytes(token);
        _key = DecodeKey(encodingAesKey) ?? throw new ArgumentException("The key must be 43 characters of Base64.", nameof(encodingAesKey));
        _receiveId = Encoding.UTF8.GetBytes(receiveId);
    }

    public static bool IsKey(string? encodingAesKey) => DecodeKey(encodingAesKey) is not null;

    /// <summary>Lower-case hex SHA-1 over token, timestamp, nonce and ciphertext in byte order.</summary>
    public string Sign(string timestamp, string nonce, string encrypted)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        Hash(timestamp, nonce, encrypted, hash);
        return Convert.ToHexStringLower(hash);
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
        var capacity = ((encrypted.Length / 4) + 1) * 3;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * capacity);
        try
        {
            return TryDecrypt(encrypted, buffer.AsSpan(0, capacity), buffer.AsSpan(capacity, capacity), out message, out refusal);
        }
        finally
        {
            // It had a customer's message in it.
            CryptographicOperations.ZeroMemory(buffer.AsSpan(capacity, capacity));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryDecrypt(string encrypted, Span<byte> cipher, Span<byte> decrypted, out byte[] message, out CallbackRefusal refusal)
    {
        message = [];
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
        var decryptedLength = aes.DecryptCbc(cipher[..cipherLength], _key.AsSpan(0, 16), decrypted, PaddingMode.None);
        ReadOnlySpan<byte> plain = decrypted[..decryptedLength];
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

    private void Hash(string timestamp, string nonce, string encrypted, Span<byte> hash)
    {
        var capacity = _token.Length + Encoding.UTF8.GetMaxByteCount(timestamp.Length + nonce.Length + encrypted.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(2 * capacity);
        try
        {
            Span<Range> parts = stackalloc Range[4];
            var end = 0;
            _token.CopyTo(buffer, 0);
            parts[0] = ..(end = _token.Length);
            parts[1] = Append(timestamp, buffer, ref end);
            parts[2] = Append(nonce, buffer, ref end);
            parts[3] = Append(encrypted, buffer, ref end);
            Sort(parts, buffer);
            var sorted = buffer.AsSpan(capacity);
            var length = 0;
            foreach (var part in parts)
            {
                buffer.AsSpan(part).CopyTo(sorted[length..]);
                length += buffer.AsSpan(part).Length;
            }

#pragma warning disable CA5350 // SHA-1 is what WeCom's protocol prescribes
            SHA1.HashData(sorted[..length], hash);
#pragma warning restore CA5350
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Range Append(string part, byte[] buffer, ref int end)
    {
        var start = end;
        end += Encoding.UTF8.GetBytes(part, buffer.AsSpan(end));
        return start..end;
    }

    /// <summary>Four parts: each goes down to its place.</summary>
    private static void Sort(Span<Range> parts, ReadOnlySpan<byte> bytes)
    {
        for (var i = 1; i < parts.Length; i++)
        {
            for (var j = i; j > 0 && bytes[parts[j]].SequenceCompareTo(bytes[parts[j - 1]]) < 0; j--)
            {
                (parts[j], parts[j - 1]) = (parts[j - 1], parts[j]);
            }
        }
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

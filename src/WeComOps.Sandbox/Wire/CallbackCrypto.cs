using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WeComOps.Sandbox.Wire;

/// <summary>WeCom's callback encryption and signature (docs 90968, 91144): AES-256-CBC padded to 32 bytes, SHA-1 over the sorted parts.</summary>
internal sealed class CallbackCrypto
{
    private const int RandomLength = 16;
    private const int BlockLength = 32;

    private readonly string _token;
    private readonly byte[] _key;
    private readonly byte[] _receiveId;

    public CallbackCrypto(string token, string encodingAesKey, string receiveId)
    {
        if (encodingAesKey.Length != 43) throw new ArgumentException("EncodingAESKey must have 43 characters.", nameof(encodingAesKey));
        _token = token;
        _key = Convert.FromBase64String(encodingAesKey + "=");
        _receiveId = Encoding.UTF8.GetBytes(receiveId);
    }

    /// <summary>Base64 of random(16) | length(4, big endian) | message | receive id, encrypted.</summary>
    public string Encrypt(string message, ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomLength) throw new ArgumentException("Sixteen random bytes are needed.", nameof(random));
        var messageLength = Encoding.UTF8.GetByteCount(message);
        var length = RandomLength + sizeof(int) + messageLength + _receiveId.Length;
        var padding = BlockLength - length % BlockLength;
        var plain = new byte[length + padding];
        random.CopyTo(plain);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(RandomLength), messageLength);
        Encoding.UTF8.GetBytes(message, plain.AsSpan(RandomLength + sizeof(int)));
        _receiveId.CopyTo(plain, RandomLength + sizeof(int) + messageLength);
        plain.AsSpan(length).Fill((byte)padding);
        using var aes = Aes.Create();
        aes.Key = _key;
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, 16), PaddingMode.None));
    }

    /// <summary>The message inside an encrypted text, or null when padding, length or receive id are not right.</summary>
    public string? Decrypt(string encrypted)
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        var cipher = Convert.FromBase64String(encrypted);
        if (cipher.Length == 0 || cipher.Length % 16 != 0) return null;
        // PKCS#7 with a block of 32 is not what .NET's padding mode checks, so it is removed by hand.
        var plain = aes.DecryptCbc(cipher, _key.AsSpan(0, 16), PaddingMode.None);
        var padding = plain[^1];
        if (padding is < 1 or > BlockLength || padding > plain.Length) return null;
        var content = plain.AsSpan(0, plain.Length - padding);
        if (content.Length < RandomLength + sizeof(int)) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(content[RandomLength..]);
        var rest = content[(RandomLength + sizeof(int))..];
        if (length < 0 || length > rest.Length || !rest[length..].SequenceEqual(_receiveId)) return null;
        return Encoding.UTF8.GetString(rest[..length]);
    }

    /// <summary>Lower-case hexadecimal SHA-1 of token, timestamp, nonce and the encrypted text in ordinal order.</summary>
    public string Sign(string timestamp, string nonce, string encrypted)
    {
        string[] parts = [_token, timestamp, nonce, encrypted];
        Array.Sort(parts, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
    }

    /// <summary>The query string of a signed request, with a leading question mark.</summary>
    public string SignedQuery(DateTimeOffset at, string nonce, string encrypted)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"?msg_signature={Sign(timestamp, nonce, encrypted)}&timestamp={timestamp}&nonce={nonce}";
    }
}

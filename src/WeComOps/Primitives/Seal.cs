using System.Security.Cryptography;
using System.Text;

namespace WeComOps.Primitives;

/// <summary>
/// Seals short secrets before they are stored: AES-256-GCM under a key derived (HKDF-SHA256) from a configured secret, so that
/// a copy of the database alone opens nothing.
/// </summary>
public sealed class Seal
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    /// <param name="secret">From the configuration; every node has the same.</param>
    /// <param name="purpose">Keys of different purposes open nothing of one another.</param>
    public Seal(string secret, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        var material = Encoding.UTF8.GetBytes(secret);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: Encoding.UTF8.GetBytes("wecomops seal " + purpose));
        Name = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 8, info: Encoding.UTF8.GetBytes("wecomops name " + purpose)));
    }

    /// <summary>Names the key without telling it: 16 hex digits, the same for the same secret and purpose.</summary>
    public string Name { get; }

    /// <param name="about">What the text belongs to: it opens only there.</param>
    /// <returns>Base64.</returns>
    public string Close(string text, string about)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(about));
        return Convert.ToBase64String(box);
    }

    /// <returns>Null when it was sealed with another secret, for something else, or changed since.</returns>
    public string? Open(string box, string about)
    {
        var bytes = new byte[box.Length];
        if (!Convert.TryFromBase64String(box, bytes, out var length) || length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(length - TagBytes, TagBytes), plain, Encoding.UTF8.GetBytes(about));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain);
    }
}

using System.Security.Cryptography;

namespace WeComOps.Primitives;

/// <summary>Where tokens and ids get their randomness from: the operating system, except in the demo, which is seeded.</summary>
public interface IEntropy
{
    void Fill(Span<byte> bytes);
}

public sealed class SystemEntropy : IEntropy
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}

/// <summary>
/// A repeatable stream of bytes, for the demo and tests only: SHA-256 over seed and counter. Never use it where a token
/// protects something.
/// </summary>
public sealed class SeededEntropy(int seed) : IEntropy
{
    private readonly Lock _lock = new();
    private long _counter;

    public void Fill(Span<byte> bytes)
    {
        lock (_lock)
        {
            Span<byte> input = stackalloc byte[12];
            Span<byte> block = stackalloc byte[32];
            while (bytes.Length > 0)
            {
                BitConverter.TryWriteBytes(input, seed);
                BitConverter.TryWriteBytes(input[4..], _counter++);
                SHA256.HashData(input, block);
                var taken = Math.Min(bytes.Length, block.Length);
                block[..taken].CopyTo(bytes);
                bytes = bytes[taken..];
            }
        }
    }
}

public static class Tokens
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghijkmnpqrstvwxyz";

    /// <summary>A url-safe token of the given number of characters, about 5.8 bits each: 18 characters carry more than 96 bits.</summary>
    public static string NewToken(this IEntropy entropy, int characters = 18)
    {
        Span<char> token = stackalloc char[characters];
        Span<byte> bytes = stackalloc byte[64];
        var filled = 0;
        while (filled < characters)
        {
            entropy.Fill(bytes);
            foreach (var value in bytes)
            {
                // Values past the last whole multiple of the alphabet would favour its first letters.
                if (value < 256 / Alphabet.Length * Alphabet.Length && filled < characters)
                {
                    token[filled++] = Alphabet[value % Alphabet.Length];
                }
            }
        }

        return new string(token);
    }
}

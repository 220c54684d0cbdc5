using System.Buffers.Binary;
using System.Globalization;

namespace WeComOps.Sandbox.Story;

/// <summary>
/// Every random draw of the sandbox: a hash of the seed and stable names. Nothing is drawn in order of arrival, so a story does not
/// depend on ports, tokens or on which of two calls came first.
/// </summary>
internal readonly struct Dice(int seed)
{
    private readonly ulong _seed = Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15UL);

    public ulong Bits(string kind, long a = 0, long b = 0, long c = 0)
    {
        var hash = Mix(_seed ^ Hash(kind));
        hash = Mix(hash ^ (ulong)a * 0xD6E8FEB86659FD93UL);
        hash = Mix(hash ^ (ulong)b * 0xA0761D6478BD642FUL);
        return Mix(hash ^ (ulong)c * 0xE7037ED1A0B428DBUL);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Unit(string kind, long a = 0, long b = 0, long c = 0) => (Bits(kind, a, b, c) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, count).</summary>
    public int Below(int count, string kind, long a = 0, long b = 0, long c = 0) => (int)(Bits(kind, a, b, c) % (ulong)count);

    public bool Chance(double probability, string kind, long a = 0, long b = 0, long c = 0) => Unit(kind, a, b, c) < probability;

    public T Pick<T>(IReadOnlyList<T> from, string kind, long a = 0, long b = 0, long c = 0) => from[Below(from.Count, kind, a, b, c)];

    /// <summary>An identifier such as WeCom hands out: the prefix and as many letters and digits as asked.</summary>
    public string Id(string prefix, int length, string kind, long a = 0, long b = 0, long c = 0)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return string.Create(prefix.Length + length, (this, prefix, kind, a, b, c), static (text, state) =>
        {
            var (dice, prefix, kind, a, b, c) = state;
            prefix.CopyTo(text);
            var bits = dice.Bits(kind, a, b, c);
            for (var i = prefix.Length; i < text.Length; i++)
            {
                text[i] = Letters[(int)(bits % 62)];
                bits = Mix(bits + 0x9E3779B97F4A7C15UL);
            }
        });
    }

    /// <summary>A stable 64-bit hash of a text (FNV-1a with a finisher), the same in every process.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return Mix(hash);
    }

    public static byte[] Bytes16(int seed, string name)
    {
        var dice = new Dice(seed);
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, dice.Bits(name, 1));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), dice.Bits(name, 2));
        return bytes;
    }

    public static string Nonce(int seed, string name) => (new Dice(seed).Bits(name, 3) % 10_000_000_000UL).ToString(CultureInfo.InvariantCulture);

    private static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9UL;
        value ^= value >> 27;
        value *= 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace WeComOps.Primitives;

public static class Digest
{
    /// <summary>Lower-case hex SHA-256 of the UTF-8 text: 64 digits.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

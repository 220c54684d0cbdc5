using System.Collections.Frozen;

namespace WeComOps.Console.Language;

/// <summary>English for everything the pages say.</summary>
internal static class English
{
    public static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

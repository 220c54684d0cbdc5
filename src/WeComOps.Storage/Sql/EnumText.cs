using System.Collections.Frozen;
using System.Text.Json;

namespace WeComOps.Storage.Sql;

/// <summary>Enumerations as they are stored: snake_case.</summary>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string Of(T value) => Names[value];

    /// <exception cref="FormatException">The store holds a value that this version does not know.</exception>
    public static T Parse(string name) => Values.TryGetValue(name, out var value)
        ? value
        : throw new FormatException($"'{name}' is not a {typeof(T).Name}.");
}

internal static class EnumText
{
    public static string Text<T>(this T value)
        where T : struct, Enum => EnumText<T>.Of(value);
}

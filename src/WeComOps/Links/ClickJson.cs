using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeComOps.Links;

/// <summary>The raw source of a click: what was seen, without the address.</summary>
internal static class ClickJson
{
    public static string Write(Click click) => JsonSerializer.Serialize(click, ClickJsonContext.Default.Click);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Click))]
internal sealed partial class ClickJsonContext : JsonSerializerContext;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WeComOps.Templates;

namespace WeComOps.Instructions;

/// <summary>The raw source of an instruction issued in the console: the request as filled in.</summary>
internal static class InstructionJson
{
    private static readonly InstructionJsonContext Context = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });

    public static string Write(NewInstruction request, IReadOnlyList<MarketFact>? market, string issuedBy) =>
        JsonSerializer.Serialize(new Issued(issuedBy, request, market), Context.Issued);

    /// <summary>The raw source of a stop.</summary>
    public static string Write(InstructionStop stop) => JsonSerializer.Serialize(stop, Context.InstructionStop);

    /// <param name="Market">The figures that the texts quote, as they were.</param>
    internal sealed record Issued(
        string IssuedBy, NewInstruction Instruction, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MarketFact>? Market);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(InstructionJson.Issued))]
[JsonSerializable(typeof(InstructionStop))]
internal sealed partial class InstructionJsonContext : JsonSerializerContext;

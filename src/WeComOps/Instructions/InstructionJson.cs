using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeComOps.Instructions;

/// <summary>The raw source of an instruction issued in the console: the request as filled in.</summary>
internal static class InstructionJson
{
    private static readonly InstructionJsonContext Context = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });

    public static string Write(NewInstruction request, string issuedBy) =>
        JsonSerializer.Serialize(new Issued(issuedBy, request), Context.Issued);

    internal sealed record Issued(string IssuedBy, NewInstruction Instruction);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(InstructionJson.Issued))]
internal sealed partial class InstructionJsonContext : JsonSerializerContext;

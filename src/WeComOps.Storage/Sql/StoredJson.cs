using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using WeComOps.Answers;
using WeComOps.Healing;
using WeComOps.Instructions;
using WeComOps.Outbox;
using WeComOps.Templates;

namespace WeComOps.Storage.Sql;

/// <summary>Aggregates that are read whole are kept as JSON: camelCase names, snake_case enumerations, times in UTC milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(MillisecondConverter),
        typeof(SnakeCaseConverter<TemplateKind>),
        typeof(SnakeCaseConverter<VersionState>),
        typeof(SnakeCaseConverter<InstructionKind>),
        typeof(SnakeCaseConverter<InstructionState>),
        typeof(SnakeCaseConverter<PushKind>),
        typeof(SnakeCaseConverter<SliceState>),
        typeof(SnakeCaseConverter<QuestionState>),
        typeof(SnakeCaseConverter<HealReason>),
        typeof(SnakeCaseConverter<HealStage>),
    ])]
[JsonSerializable(typeof(Template))]
[JsonSerializable(typeof(Instruction))]
[JsonSerializable(typeof(PushSlice))]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(HealRun))]
internal sealed partial class StoredJsonContext : JsonSerializerContext;

internal static class StoredJson
{
    // Chinese stays readable in the database.
    private static readonly StoredJsonContext Readable = new(new JsonSerializerOptions(StoredJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = null,
    });

    public static string Write<T>(T value)
        where T : class => JsonSerializer.Serialize(value, TypeOf<T>());

    public static T Read<T>(string json)
        where T : class => JsonSerializer.Deserialize(json, TypeOf<T>())
            ?? throw new FormatException($"A stored {typeof(T).Name} is null.");

    private static JsonTypeInfo<T> TypeOf<T>() => Readable.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new InvalidOperationException($"{typeof(T).Name} is not kept as JSON.");
}

internal sealed class SnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The same precision as in columns, whichever offset the value came with.</summary>
internal sealed class MillisecondConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.ParseExact(reader.GetString()!, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}

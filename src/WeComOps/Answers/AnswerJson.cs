using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeComOps.Answers;

/// <summary>The raw source of an answer given in the console.</summary>
internal static class AnswerJson
{
    public static string Write(Question question) => JsonSerializer.Serialize(
        new Given(question.Id, question.AnsweredBy!, question.AnsweredAt!.Value, question.Answer!, question.AnswerContent?.TemplateVersion), AnswerJsonContext.Default.Given);

    internal sealed record Given(string Question, string AnsweredBy, DateTimeOffset AnsweredAt, string Answer, string? Template);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnswerJson.Given))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext;

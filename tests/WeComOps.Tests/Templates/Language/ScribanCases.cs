using System.Text.Json;

namespace WeComOps.Tests.Templates.Language;

/// <summary>Templates with what Scriban 7.2.6 printed for them.</summary>
internal sealed record ScribanCase(string Id, string Line, string Template, string? Output, bool IsSurprise)
{
    public static IReadOnlyList<ScribanCase> All { get; } = [.. Read()];

    private static IEnumerable<ScribanCase> Read()
    {
        using var stream = typeof(ScribanCase).Assembly.GetManifestResourceStream("scriban-cases.jsonl")
            ?? throw new InvalidOperationException("The cases are not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            yield return new ScribanCase(
                json.GetProperty("id").GetString()!,
                line,
                json.GetProperty("template").GetString()!,
                json.TryGetProperty("output", out var output) ? output.GetString() : null,
                json.TryGetProperty("surprise", out _));
        }
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeComOps.Templates.Language;

/// <summary>
/// Renders templates line by line: <c>{id, template, model, includes?, auto_indent?}</c> in, <c>{id, output}</c> or
/// <c>{id, error, line, column}</c> out. The declared variables are those of the model, and numbers are taken as they stand, so that
/// every line can be compared with what Scriban prints for it. What is refused only because content is plain text for customers
/// (<c>html.escape</c>, whole lists and objects) is printed here.
/// </summary>
public static class JsonLinesRenderer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes one line for each line that is not blank; a line that is not readable is answered with an error too.</summary>
    public static void Render(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        while (input.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                output.WriteLine(JsonSerializer.Serialize(Answer(line), Options));
        }
    }

    private static Reply Answer(string line)
    {
        string? id = null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var request = document.RootElement;
            if (request.ValueKind != JsonValueKind.Object)
                throw new FormatException("Each line must be a JSON object.");
            id = Text(request, "id");
            return Render(id, request);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            return new Reply(id, null, problem.Message, 0, 0);
        }
    }

    private static Reply Render(string? id, JsonElement request)
    {
        var source = Text(request, "template") ?? throw new FormatException("The line has no template.");
        var model = request.TryGetProperty("model", out var data) ? TemplateModel.FromJson(data, unifyNumbers: false) : TemplateModel.Empty;
        var autoIndent = !request.TryGetProperty("auto_indent", out var indent) || indent.ValueKind != JsonValueKind.False;
        var options = new CompileOptions(autoIndent, Html: true, WholeValues: true);
        switch (TemplateCompiler.Compile(source, TemplateSchema.Of(model), Snippets(request), options))
        {
            case CompileResult.Success success:
                return success.Template.Render(model) switch
                {
                    RenderResult.Rendered rendered => new Reply(id, rendered.Text, null, null, null),
                    RenderResult.Failed failed => Refusal(id, failed.Error),
                    _ => throw new InvalidOperationException("No such result."),
                };
            case CompileResult.Failure failure:
                return Refusal(id, failure.Errors[0]);
            default:
                throw new InvalidOperationException("No such result.");
        }
    }

    private static Reply Refusal(string? id, TemplateError error) => new(id, null, $"{error.Message}。{error.Remedy}", error.Line, error.Column);

    private static Dictionary<string, string> Snippets(JsonElement request)
    {
        var snippets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.TryGetProperty("includes", out var includes))
        {
            foreach (var snippet in includes.EnumerateObject())
                snippets[snippet.Name] = snippet.Value.GetString() ?? string.Empty;
        }

        return snippets;
    }

    private static string? Text(JsonElement request, string name) => request.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    private sealed record Reply(
        [property: JsonPropertyName("id")] string? Id,
        [property: JsonPropertyName("output")] string? Output,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("line")] int? Line,
        [property: JsonPropertyName("column")] int? Column);
}

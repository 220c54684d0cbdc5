using System.Text.Json;
using System.Text.Json.Nodes;
using WeComOps.Templates.Language;

namespace WeComOps.Templates;

/// <summary>The engine: our interpreter of a total subset of the Scriban language.</summary>
internal sealed class ScribanTemplates : ITemplateEngine
{
    public (ITemplateProgram? Program, IReadOnlyList<TemplateFault> Faults) Compile(TemplateSource source) =>
        TemplateCompiler.Compile(source.Body, TemplateSchemas.Of(source)) switch
        {
            CompileResult.Success success => (new Program(success.Template, source.BodyLine), []),
            CompileResult.Failure failure => (null, [.. failure.Errors.Select(error => Fault(error, source))]),
            var other => throw new InvalidOperationException($"No such result: {other}."),
        };

    private static TemplateFault Fault(TemplateError error, TemplateSource source) =>
        new(error.Line + source.BodyLine - 1, error.Column, error.Message, (error.Code == "unknown-variable" ? TemplateSchemas.RemedyFor(NameAt(error, source.Body)) : null) ?? error.Remedy);

    private static string NameAt(TemplateError error, string body)
    {
        var line = body.Split('\n')[error.Line - 1].AsSpan(error.Column - 1);
        var length = 0;
        while (length < line.Length && (char.IsLetterOrDigit(line[length]) || line[length] == '_'))
        {
            length++;
        }

        return line[..length].ToString();
    }

    private sealed class Program(CompiledTemplate template, int bodyLine) : ITemplateProgram
    {
        public bool Uses(string name) => template.VariablesUsed.Contains(name, StringComparer.Ordinal);

        public (string? Text, TemplateFault? Fault) Render(JsonObject model) =>
            template.Render(TemplateModel.FromJson(JsonSerializer.SerializeToElement(model, ModelJson.Default.JsonObject))) switch
            {
                RenderResult.Rendered rendered => (rendered.Text, null),
                RenderResult.Failed { Error: var error } => (null, new TemplateFault(error.Line + bodyLine - 1, error.Column, error.Message, error.Remedy)),
                var other => throw new InvalidOperationException($"No such result: {other}."),
            };
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class ModelJson : System.Text.Json.Serialization.JsonSerializerContext;

/// <summary>The engine for tools that run without the product's services.</summary>
public static class TemplateEngines
{
    public static ITemplateEngine Create() => new ScribanTemplates();
}

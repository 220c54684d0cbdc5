using System.Text.Json;
using System.Text.Json.Nodes;
using WeComOps.Templates.Language;

namespace WeComOps.Templates;

/// <summary>The engine: our interpreter of a total subset of the Scriban language.</summary>
internal sealed class ScribanTemplates : ITemplateEngine
{
    private static readonly CompileOptions Options = CompileOptions.Default with { PlainSnippets = true };

    public (ITemplateProgram? Program, IReadOnlyList<TemplateFault> Faults) Compile(TemplateSource source) =>
        TemplateCompiler.Compile(source.Body, TemplateSchemas.Of(source), source.Snippets, Options) switch
        {
            CompileResult.Success success => (new Program(success.Template, source), []),
            CompileResult.Failure failure => (null, [.. failure.Errors.Select(error => Fault(error, source)).OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]),
            var other => throw new InvalidOperationException($"No such result: {other}."),
        };

    /// <summary>An error in a snippet stands where the front matter has the snippet's text.</summary>
    private static TemplateFault Fault(TemplateError error, TemplateSource source)
    {
        var (line, column) = error.Snippet is { } name
            ? source.PlaceOf(TemplateSource.SnippetPath(name)).At(error.Line - 1, error.Column - 1)
            : (error.Line + source.BodyLine - 1, error.Column);
        return new TemplateFault(line, column, error.Message, Remedy(error, source));
    }

    private static string Remedy(TemplateError error, TemplateSource source) => error.Code switch
    {
        "unknown-variable" => TemplateSchemas.RemedyFor(NameAt(error, error.Snippet is { } name ? source.Snippets[name] : source.Body)) ?? error.Remedy,
        "unknown-snippet" => source.Snippets.Count == 0
            ? "先在说明部分的 snippets: 下面写这个片段：名字: |，下一行缩进写字句。"
            : $"说明部分的片段有：{string.Join('、', source.Snippets.Keys)}。改成其中一个，或在 snippets 里写上这一个。",
        _ => error.Remedy,
    };

    private static string NameAt(TemplateError error, string text)
    {
        var line = text.Split('\n')[error.Line - 1].AsSpan(error.Column - 1);
        var length = 0;
        while (length < line.Length && (char.IsLetterOrDigit(line[length]) || line[length] == '_'))
        {
            length++;
        }

        return line[..length].ToString();
    }

    private sealed class Program(CompiledTemplate template, TemplateSource source) : ITemplateProgram
    {
        public bool Uses(string name) => template.VariablesUsed.Contains(name, StringComparer.Ordinal);

        public bool Includes(string snippet) => template.SnippetsUsed.Contains(snippet, StringComparer.Ordinal);

        public (string? Text, TemplateFault? Fault) Render(JsonObject model) =>
            template.Render(TemplateModel.FromJson(JsonSerializer.SerializeToElement(model, ModelJson.Default.JsonObject))) switch
            {
                RenderResult.Rendered rendered => (rendered.Text, null),
                RenderResult.Failed { Error: var error } => (null, Fault(error, source)),
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

using System.Text.Json;
using System.Text.Json.Nodes;
using WeComOps.Templates.Language;

namespace WeComOps.Templates;

/// <summary>The engine: our interpreter of a total subset of the Scriban language.</summary>
internal sealed class ScribanTemplates : ITemplateEngine
{
    public (ITemplateProgram? Program, IReadOnlyList<TemplateFault> Faults) Compile(TemplateSource source)
    {
        var schema = TemplateSchema.Empty.With("link", TemplateType.Text).With("today", TemplateType.Date);
        if (TemplateModels.KnowsAdvisor(source.Kind))
        {
            schema = schema.With("advisor", TemplateType.ObjectOf(new Dictionary<string, TemplateType>(StringComparer.Ordinal)
            {
                ["name"] = TemplateType.Text,
                ["title"] = TemplateType.Text,
                ["branch"] = TemplateType.Text,
            }));
        }

        foreach (var name in source.Wordings.Keys)
        {
            schema = schema.With(name, TemplateType.Text);
        }

        foreach (var (name, variable) in source.Variables)
        {
            schema = schema.With(name, variable.Type switch
            {
                "number" => TemplateType.Number,
                "date" => TemplateType.Date,
                "boolean" => TemplateType.Boolean,
                _ => TemplateType.Text,
            });
        }

        return TemplateCompiler.Compile(source.Body, schema) switch
        {
            CompileResult.Success success => (new Program(success.Template, source.BodyLine), []),
            CompileResult.Failure failure => (null, [.. failure.Errors.Select(error => Fault(error, source.BodyLine))]),
            var other => throw new InvalidOperationException($"No such result: {other}."),
        };
    }

    private static TemplateFault Fault(TemplateError error, int bodyLine) => new(error.Line + bodyLine - 1, error.Column, error.Message, error.Remedy);

    private sealed class Program(CompiledTemplate template, int bodyLine) : ITemplateProgram
    {
        public (string? Text, TemplateFault? Fault) Render(JsonObject model) =>
            template.Render(TemplateModel.FromJson(JsonSerializer.SerializeToElement(model, ModelJson.Default.JsonObject))) switch
            {
                RenderResult.Rendered rendered => (rendered.Text, null),
                RenderResult.Failed failed => (null, Fault(failed.Error, bodyLine)),
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

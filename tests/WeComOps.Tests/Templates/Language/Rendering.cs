using System.Text.Json;
using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>Short ways to compile and render in a test.</summary>
internal static class Rendering
{
    public static TemplateModel Model(string json) => TemplateModel.FromJson(JsonElement.Parse(json));

    public static string Print(string template, string model = "{}", IReadOnlyDictionary<string, string>? snippets = null)
    {
        var data = Model(model);
        var result = Accept(template, TemplateSchema.Of(data), snippets).Render(data);
        return result is RenderResult.Rendered rendered ? rendered.Text : throw new InvalidOperationException(result.ToString());
    }

    public static CompiledTemplate Accept(string template, TemplateSchema schema, IReadOnlyDictionary<string, string>? snippets = null) =>
        TemplateCompiler.Compile(template, schema, snippets) switch
        {
            CompileResult.Success success => success.Template,
            CompileResult.Failure failure => throw new InvalidOperationException(string.Join('\n', failure.Errors)),
            _ => throw new InvalidOperationException("No such result."),
        };

    /// <summary>The first error, from compiling or from rendering.</summary>
    public static TemplateError Refusal(string template, string model = "{}", IReadOnlyDictionary<string, string>? snippets = null)
    {
        var data = Model(model);
        return TemplateCompiler.Compile(template, TemplateSchema.Of(data), snippets) switch
        {
            CompileResult.Failure failure => failure.Errors[0],
            CompileResult.Success success when success.Template.Render(data) is RenderResult.Failed failed => failed.Error,
            _ => throw new InvalidOperationException($"Accepted: {template}"),
        };
    }
}

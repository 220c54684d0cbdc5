using System.Text.Json.Nodes;

namespace WeComOps.Templates;

/// <summary>A template rendered with its own samples: what an editor sees before anybody uses it.</summary>
public static class TemplatePreview
{
    /// <param name="data">Values that take the place of the samples, by name (<c>advisor</c>, <c>link</c>, variables, wordings, …); null: samples alone.</param>
    public static (string? Text, TemplateFault? Fault) Render(TemplateSource source, ITemplateProgram program, JsonObject? data)
    {
        var model = Model(source);
        foreach (var (name, value) in data ?? [])
        {
            model[name] = value?.DeepClone();
        }

        var (text, fault) = program.Render(model);
        return (text?.Trim(), fault);
    }

    /// <summary>The samples as data: what a file of samples beside the template says.</summary>
    public static JsonObject Model(TemplateSource source) => TemplateModels.Build(
        source, new Dictionary<string, string>(StringComparer.Ordinal), source.WordingOf(0), ("张伟", "理财经理", "示例支行"), "https://link.bank.example/l/sample",
        new DateOnly(2026, 11, 9));
}

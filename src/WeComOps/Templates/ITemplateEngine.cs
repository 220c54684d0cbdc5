using System.Text.Json.Nodes;

namespace WeComOps.Templates;

/// <summary>The Scriban language, behind a port so that another engine could take its place.</summary>
public interface ITemplateEngine
{
    /// <summary>
    /// Compiles the text against what the kind of content offers and what the front matter declares. Faults are in file lines.
    /// </summary>
    (ITemplateProgram? Program, IReadOnlyList<TemplateFault> Faults) Compile(TemplateSource source);
}

/// <summary>A compiled template: terminates, reads only the model it is given, writes a bounded text.</summary>
public interface ITemplateProgram
{
    (string? Text, TemplateFault? Fault) Render(JsonObject model);
}

/// <summary>What a kind of content may refer to besides its declared variables.</summary>
public static class TemplateModels
{
    /// <summary>Moments share one text among many advisors: they know no advisor. Everything else is written for one.</summary>
    public static bool KnowsAdvisor(TemplateKind kind) => kind != TemplateKind.Moment;

    /// <param name="variables">Values of the declared variables, by name.</param>
    /// <param name="wording">Chosen phrases, by name.</param>
    /// <param name="link">Tracked link or join page; absent when the content carries none.</param>
    public static JsonObject Build(
        TemplateSource source, IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> wording,
        (string Name, string Title, string Branch)? advisor, string? link, DateOnly day)
    {
        var model = new JsonObject { ["link"] = link ?? string.Empty, ["today"] = Date(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) };
        if (advisor is { } person && KnowsAdvisor(source.Kind))
        {
            model["advisor"] = new JsonObject { ["name"] = person.Name, ["title"] = person.Title, ["branch"] = person.Branch };
        }

        foreach (var (name, phrase) in wording)
        {
            model[name] = phrase;
        }

        foreach (var (name, declared) in source.Variables)
        {
            var text = variables.TryGetValue(name, out var given) ? given : declared.Sample;
            model[name] = declared.Type switch
            {
                "number" => new JsonObject { ["$decimal"] = text },
                "date" => Date(text),
                "boolean" => JsonValue.Create(text is "true" or "是"),
                _ => JsonValue.Create(text),
            };
        }

        return model;
    }

    private static JsonObject Date(string text) => new() { ["$date"] = text };
}

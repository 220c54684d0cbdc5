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
    /// <summary>Whether the text names this declared name anywhere, also in a branch that rarely runs.</summary>
    bool Uses(string name);

    /// <summary>Whether the text includes this snippet anywhere, also in a branch that rarely runs.</summary>
    bool Includes(string snippet);

    (string? Text, TemplateFault? Fault) Render(JsonObject model);
}

namespace WeComOps.Templates;

/// <summary>A snippet that stands in the approved version of a template: a reviewer has read it.</summary>
/// <param name="Template">The template whose snippet it is.</param>
public sealed record ApprovedSnippet(string Name, string Text, Template Template)
{
    /// <summary>By name; of those that say the same under one name only the first. What its template does not print was read by no rule.</summary>
    public static IReadOnlyList<ApprovedSnippet> In(IEnumerable<Template> templates, ITemplateEngine engine) =>
    [
        .. templates.Where(template => template.Approved is { IsIntact: true }).SelectMany(template => Of(template, engine))
            .DistinctBy(snippet => (snippet.Name, snippet.Text))
            .OrderBy(snippet => snippet.Name, StringComparer.Ordinal).ThenBy(snippet => snippet.Template.Id, StringComparer.Ordinal),
    ];

    private static IEnumerable<ApprovedSnippet> Of(Template template, ITemplateEngine engine) =>
        TemplateSource.Parse(template.Approved!.Source).Source is { Snippets.Count: > 0 } source && engine.Compile(source).Program is { } program
            ? source.Snippets.Where(snippet => program.Includes(snippet.Key)).Select(snippet => new ApprovedSnippet(snippet.Key, snippet.Value, template))
            : [];
}

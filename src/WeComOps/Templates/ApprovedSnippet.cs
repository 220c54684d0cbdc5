namespace WeComOps.Templates;

/// <summary>A snippet that stands in the approved version of a template: a reviewer has read it.</summary>
/// <param name="Template">The template whose snippet it is.</param>
public sealed record ApprovedSnippet(string Name, string Text, Template Template)
{
    /// <summary>By name; of those that say the same under one name only the first.</summary>
    public static IReadOnlyList<ApprovedSnippet> In(IEnumerable<Template> templates) =>
    [
        .. templates.Where(template => template.Approved is { IsIntact: true })
            .SelectMany(template => (TemplateSource.Parse(template.Approved!.Source).Source?.Snippets ?? new Dictionary<string, string>(StringComparer.Ordinal))
                .Select(snippet => new ApprovedSnippet(snippet.Key, snippet.Value, template)))
            .DistinctBy(snippet => (snippet.Name, snippet.Text))
            .OrderBy(snippet => snippet.Name, StringComparer.Ordinal).ThenBy(snippet => snippet.Template.Id, StringComparer.Ordinal),
    ];
}

using WeComOps.Templates.Language.Binding;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language;

/// <summary>
/// Reads templates in the Scriban language, a part of it. The rule is "equal or refused, never different": what is accepted prints exactly
/// what Scriban 7.2.6 prints, and where Scriban's own behaviour would trap an editor the template is refused with a remedy.
/// </summary>
public static class TemplateCompiler
{
    private static readonly IReadOnlyDictionary<string, string> NoSnippets = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads and checks a template, including branches that never run. Never throws for any source; work grows with its length.</summary>
    /// <param name="source">The text, without front matter, at most <see cref="TemplateLimits.SourceBytes"/>.</param>
    /// <param name="schema">The declared variables.</param>
    /// <param name="snippets">Approved snippets by name, for <c>include</c>. They see the variables of the template.</param>
    /// <param name="options">How to read it; <see cref="CompileOptions.Default"/> if null.</param>
    public static CompileResult Compile(
        string source, TemplateSchema schema, IReadOnlyDictionary<string, string>? snippets = null, CompileOptions? options = null) =>
        Compile(source, schema, snippets, options, out _);

    internal static CompileResult Compile(
        string source, TemplateSchema schema, IReadOnlyDictionary<string, string>? snippets, CompileOptions? options, out int steps)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(schema);
        var binder = new Binder(schema, snippets ?? NoSnippets, options ?? CompileOptions.Default);
        var text = new SourceText(source);
        var body = binder.BindTemplate(text);
        steps = binder.Steps;
        return binder.Errors.Count == 0
            ? new CompileResult.Success(new CompiledTemplate(body, binder.Scope, binder.Included, text, options?.WholeValues ?? false))
            : new CompileResult.Failure([.. binder.Errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }
}

namespace WeComOps.Templates.Language;

/// <summary>How a template is to be read.</summary>
/// <param name="AutoIndent">Repeat the indentation of a code block on every further line that it prints, as Scriban does.</param>
/// <param name="Html">The output is HTML, so <c>html.escape</c> is meaningful. All content that WeCom carries is plain text.</param>
/// <param name="WholeValues">
/// Whole lists and objects may be printed, in Scriban's notation. Content never does this: the customer would read brackets and quotes.
/// </param>
/// <param name="PlainSnippets">
/// Snippets hold words and values only: no conditions, loops, assignments or snippets of their own. What reads every branch of a template then
/// reads everything that they can print.
/// </param>
public sealed record CompileOptions(bool AutoIndent = true, bool Html = false, bool WholeValues = false, bool PlainSnippets = false)
{
    /// <summary>Plain text with auto-indent.</summary>
    public static CompileOptions Default { get; } = new();
}

namespace WeComOps.Templates.Language;

/// <summary>How a template is to be read.</summary>
/// <param name="AutoIndent">Repeat the indentation of a code block on every further line that it prints, as Scriban does.</param>
/// <param name="Html">The output is HTML, so <c>html.escape</c> is meaningful. All content that WeCom carries is plain text.</param>
public sealed record CompileOptions(bool AutoIndent = true, bool Html = false)
{
    /// <summary>Plain text with auto-indent.</summary>
    public static CompileOptions Default { get; } = new();
}

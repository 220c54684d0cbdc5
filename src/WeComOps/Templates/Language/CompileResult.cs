namespace WeComOps.Templates.Language;

/// <summary>The outcome of compiling a template: a template that can be rendered, or every reason why not.</summary>
public abstract record CompileResult
{
    private CompileResult()
    {
    }

    /// <summary>The template is accepted; what it prints is what Scriban prints, within the limits.</summary>
    public sealed record Success(CompiledTemplate Template) : CompileResult;

    /// <summary>The template is refused. The errors are in source order and never empty.</summary>
    public sealed record Failure(IReadOnlyList<TemplateError> Errors) : CompileResult;
}

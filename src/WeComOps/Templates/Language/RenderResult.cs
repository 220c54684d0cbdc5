namespace WeComOps.Templates.Language;

/// <summary>The outcome of one rendering. A failed rendering has no text at all, so nothing half-written can be sent.</summary>
public abstract record RenderResult
{
    private RenderResult()
    {
    }

    /// <summary>The whole text, at most <see cref="TemplateLimits.OutputBytes"/> bytes in UTF-8.</summary>
    public sealed record Rendered(string Text) : RenderResult;

    /// <summary>The data of this rendering does not fit the template, or a limit was reached.</summary>
    public sealed record Failed(TemplateError Error) : RenderResult;
}

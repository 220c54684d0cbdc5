namespace WeComOps.Templates.Language.Syntax;

/// <summary>The source of a template or of a snippet, with the lines found once so that a position costs a binary search.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string text, string? snippet = null)
    {
        Text = text;
        Snippet = snippet;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                _lineStarts.Add(i + 1);
        }
    }

    public string Text { get; }

    public string? Snippet { get; }

    public TemplateError Error(int offset, Problem problem)
    {
        var line = _lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        return new TemplateError(problem.Code, line + 1, offset - _lineStarts[line] + 1, problem.Message, problem.Remedy, Snippet);
    }
}

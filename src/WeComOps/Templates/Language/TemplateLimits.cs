namespace WeComOps.Templates.Language;

/// <summary>The limits that make every template end (design promise 7). They are constants: no template and no caller can raise them.</summary>
public static class TemplateLimits
{
    /// <summary>Largest source, in bytes of UTF-8.</summary>
    public const int SourceBytes = 16 * 1024;

    /// <summary>Largest source of a template together with everything it includes, each time it includes it, in UTF-16 units.</summary>
    public const int ExpandedSourceChars = 64 * 1024;

    /// <summary>Largest output, in bytes of UTF-8. No text value in between may have more UTF-16 units than this.</summary>
    public const int OutputBytes = 16 * 1024;

    /// <summary>Deepest nesting of blocks, brackets and includes.</summary>
    public const int Depth = 32;

    /// <summary>Longest chain of operators, members or pipes in one expression.</summary>
    public const int ExpressionHeight = 128;

    /// <summary>Most levels of expressions in each other, counted on through snippets: what evaluating them needs of the stack.</summary>
    public const int ExpressionDepth = 256;

    /// <summary>Steps of one rendering: a node evaluated, a list element visited, <see cref="CharactersPerStep"/> characters of text built or read.</summary>
    public const int Steps = 100_000;

    /// <summary>Characters of text that are built or read in one step.</summary>
    public const int CharactersPerStep = 32;

    /// <summary>Iterations of a loop together with the loops inside it. Scriban's own limit, kept so that nothing it refuses is printed.</summary>
    public const int LoopIterations = 1_000;

    /// <summary>Most elements of a range such as <c>1..5</c>.</summary>
    public const int RangeElements = 100;

    /// <summary>Most errors reported for one template.</summary>
    public const int Errors = 20;
}

namespace WeComOps.Templates.Lint;

/// <summary>
/// The snippets that a body includes, with marks like its own, numbered on behind its blocks: what a snippet prints is told at its place in
/// the front matter. Where a snippet is cut or counted its marks would change the outcome, so then none has any and all of them are told
/// where they are included.
/// </summary>
internal sealed class MarkedSnippets
{
    private readonly Dictionary<string, (CodeMap Map, Rewrite Rewrite)> _snippets = new(StringComparer.Ordinal);
    private readonly List<(string Name, CodeBlock Block)> _blocks = [];
    private readonly int _first;

    private MarkedSnippets(TemplateSource source, int first)
    {
        _first = first;
        Texts = new Dictionary<string, string>(source.Snippets, StringComparer.Ordinal);
    }

    /// <summary>What to compile the marked body with.</summary>
    public Dictionary<string, string> Texts { get; }

    public int Blocks => _blocks.Count;

    /// <param name="program">The template as it is: what it does not include may be no text of the language.</param>
    public static MarkedSnippets Of(TemplateSource source, ITemplateProgram program, CodeMap body)
    {
        var marked = new MarkedSnippets(source, body.Blocks.Count);
        foreach (var (name, text) in source.Snippets.Where(snippet => body.PrintsSnippetsWhole && program.Includes(snippet.Key)))
        {
            var map = new CodeMap(text, new HashSet<string>(StringComparer.Ordinal));
            if (marked._first + marked.Blocks + map.Blocks.Count > Rewrite.MostBlocks)
            {
                // No characters are left to mark with: the reader refuses so many blocks.
                marked._blocks.AddRange(map.Blocks.Select(block => (name, block)));
                break;
            }

            var rewrite = Rewrite.Of(text, map, ways: null, marked._first + marked.Blocks);
            marked._blocks.AddRange(map.Blocks.Select(block => (name, block)));
            marked._snippets[name] = (map, rewrite);
            marked.Texts[name] = rewrite.Text;
        }

        return marked;
    }

    /// <summary>The block with that number, and the snippet that it stands in.</summary>
    public (string Name, CodeBlock Block) BlockOf(int number) => _blocks[number - _first];

    /// <summary>The text of a snippet before its first block; null: it is not marked.</summary>
    public List<(int Start, int End)>? OpeningOf(string name) => _snippets.TryGetValue(name, out var snippet) ? snippet.Map.Opening : null;

    /// <summary>The place in the snippet as the editor wrote it.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1.</param>
    public int Origin(string name, int line, int column) => _snippets.TryGetValue(name, out var snippet)
        ? snippet.Rewrite.Origin(line, column)
        : Texts[name].Split('\n').Take(line - 1).Sum(text => text.Length + 1) + column - 1;
}

using System.Text;

namespace WeComOps.Templates.Lint;

/// <summary>A rendered text that knows where in the file each of its characters came from.</summary>
internal sealed class TracedText
{
    private readonly TemplateSource _source;
    private readonly CodeMap _map;
    private readonly MarkedSnippets _snippets;
    private readonly IReadOnlyDictionary<string, string> _paths;

    /// <summary>Pieces in order: where each begins in <see cref="Text"/>, and the last mark before it (-1: none).</summary>
    private readonly List<(int Start, int Mark)> _pieces = [(0, -1)];

    private readonly int[] _lines;

    private TracedText(TemplateSource source, CodeMap map, MarkedSnippets snippets, IReadOnlyDictionary<string, string> paths)
    {
        _source = source;
        _map = map;
        _snippets = snippets;
        _paths = paths;
        _lines = [0, .. source.Body.Select((letter, at) => (letter, at)).Where(pair => pair.letter == '\n').Select(pair => pair.at + 1)];
    }

    public string Text { get; private set; } = string.Empty;

    /// <param name="marked">The output with its marks.</param>
    /// <param name="paths">For each expression that is a plain name, where in the front matter its value stands.</param>
    public static TracedText Of(string marked, TemplateSource source, CodeMap map, MarkedSnippets snippets, IReadOnlyDictionary<string, string> paths)
    {
        var traced = new TracedText(source, map, snippets, paths);
        var text = new StringBuilder(marked.Length);
        foreach (var letter in marked)
        {
            if (Rewrite.IsMark(letter))
            {
                traced._pieces.Add((text.Length, letter - Rewrite.FirstMark));
            }
            else
            {
                text.Append(letter);
            }
        }

        traced.Text = text.ToString();
        return traced;
    }

    /// <summary>Line and column in the file of a character of the text.</summary>
    public (int Line, int Column) Place(int at)
    {
        // Of several pieces that begin here all but the last are empty.
        var piece = _pieces.FindLastIndex(piece => piece.Start <= at);
        var (start, mark) = _pieces[piece];
        if (mark < 0)
        {
            return InTexts(_map.Opening, _source.Body, start, at, PlaceInBody);
        }

        var (block, written, place) = BlockOf(mark);
        return mark % 2 == 1 ? InTexts(block.Texts, written, start, at, place) : InValue(block, start, at, place);
    }

    public (int Line, int Column) PlaceInBody(int offset)
    {
        var line = Array.BinarySearch(_lines, Math.Clamp(offset, 0, _source.Body.Length));
        line = line < 0 ? ~line - 1 : line;
        return (_source.BodyLine + line, offset - _lines[line] + 1);
    }

    /// <summary>The blocks that print and that printed nothing in this text, with where they stand in the file.</summary>
    public IEnumerable<(CodeBlock Block, (int Line, int Column) Place)> Silent()
    {
        for (var i = 0; i + 1 < _pieces.Count; i++)
        {
            var (start, mark) = _pieces[i];
            if (mark >= 0 && mark % 2 == 0 && BlockOf(mark) is ({ Prints: true } block, _, var place) && _pieces[i + 1].Mark == mark + 1
                && string.IsNullOrWhiteSpace(Text[start.._pieces[i + 1].Start]))
            {
                yield return (block, place(block.First));
            }
        }
    }

    /// <summary>The block of a mark, the text that it stands in, and what tells where in the file the characters of that text stand.</summary>
    private (CodeBlock Block, string Written, Func<int, (int Line, int Column)> Place) BlockOf(int mark)
    {
        if (mark / 2 < _map.Blocks.Count)
        {
            return (_map.Blocks[mark / 2], _source.Body, PlaceInBody);
        }

        var (name, block) = _snippets.BlockOf(mark / 2);
        return (block, _source.Snippets[name], offset => _source.PlaceInSnippet(name, offset));
    }

    /// <param name="texts">Stretches of <paramref name="written"/> that are printed one behind the other from <paramref name="start"/> on.</param>
    private (int Line, int Column) InTexts(List<(int Start, int End)> texts, string written, int start, int at, Func<int, (int Line, int Column)> place)
    {
        foreach (var (first, end) in texts)
        {
            for (var i = first; i < end; i++, start++)
            {
                // A block that is indented indents every line that it prints: such white space is written nowhere.
                while (start < at && Text[start] is ' ' or '\t' && Text[start] != written[i])
                {
                    start++;
                }

                if (start == at)
                {
                    return place(i);
                }
            }
        }

        return place(texts.Count == 0 ? 0 : texts[^1].End);
    }

    private (int Line, int Column) InValue(CodeBlock block, int start, int at, Func<int, (int Line, int Column)> place)
    {
        if (block.Snippet is { } name && _snippets.OpeningOf(name) is { } opening)
        {
            return InTexts(opening, _source.Snippets[name], start, at, offset => _source.PlaceInSnippet(name, offset));
        }

        return _paths.TryGetValue(block.Expression, out var path) && _source.Places.TryGetValue(path, out var known) ? known.At(at - start) : place(block.First);
    }
}

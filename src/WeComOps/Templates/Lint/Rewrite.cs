using System.Globalization;
using System.Text;

namespace WeComOps.Templates.Lint;

/// <summary>
/// A template made to go a chosen way and to mark where each piece of its output came from: a private-use character is printed
/// at the start and end of every block. Remembers what it changed, so that places can be told in the lines of the editor.
/// </summary>
internal sealed class Rewrite
{
    /// <summary>First of the characters that mark: 2n before the n-th block, 2n+1 behind it.</summary>
    public const char FirstMark = '\ue000';
    public const int MostBlocks = 3000;

    private readonly List<(int Original, int Written, int Length)> _edits = [];

    private Rewrite(string text) => Text = text;

    public string Text { get; private set; }

    /// <param name="ways">For each decision the number of the branch to take, negative: as the data say; null: all as the data say.</param>
    /// <param name="first">Number of the first block.</param>
    public static Rewrite Of(string body, CodeMap map, IReadOnlyList<int>? ways, int first = 0)
    {
        var edits = new SortedList<int, (int End, string Text)>();
        foreach (var (block, number) in map.Blocks.Select((block, number) => (block, first + number)))
        {
            if (block.First == block.Last)
            {
                continue;
            }

            if (!block.OpensBranch)
            {
                edits[block.First] = (block.First, $"\"{Mark(2 * number)}\";");
            }

            if (!block.AwaitsWhen)
            {
                edits[block.Last] = (block.Last, $";\"{Mark((2 * number) + 1)}\"");
            }
        }

        foreach (var (decision, way) in ways is null ? [] : map.Decisions.Zip(ways).Where(forced => forced.Second >= 0))
        {
            Force(decision, way, edits);
        }

        var rewrite = new Rewrite(string.Empty);
        rewrite.Write(body, edits);
        return rewrite;
    }

    public static bool IsMark(char letter) => letter is >= FirstMark and <= '\uf8ff';

    /// <summary>The text as its reader sees it.</summary>
    public static string WithoutMarks(string marked) => string.Concat(marked.Where(letter => !IsMark(letter)));

    /// <summary>Whether the block with this number was run for this text; unknown counts as yes.</summary>
    public static bool WasRun(CodeBlock block, int number, string marked) =>
        (block.OpensBranch && block.AwaitsWhen) || marked.Contains(Mark(2 * number)) || marked.Contains(Mark((2 * number) + 1));

    private static char Mark(int number) => (char)(FirstMark + number);

    /// <summary>As <see cref="Origin(int)"/>, for a place in lines.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1.</param>
    public int Origin(int line, int column) => Origin(Text.Split('\n').Take(line - 1).Sum(text => text.Length + 1) + column - 1);

    /// <summary>The place in the template as the editor wrote it.</summary>
    public int Origin(int written)
    {
        var last = _edits.FindLastIndex(edit => edit.Written <= written);
        if (last < 0)
        {
            return written;
        }

        var (original, at, length) = _edits[last];
        return written < at + length ? original : original + written - at - length;
    }

    private static void Force(Decision decision, int way, SortedList<int, (int End, string Text)> edits)
    {
        var isCase = decision.Subject is not null;
        if (decision.Subject is { } subject)
        {
            edits[subject.Start] = (subject.End, "1");
        }

        foreach (var (places, number) in decision.Tests.Select((places, number) => (places, number)))
        {
            var value = isCase ? (number == way ? 1 : 0).ToString(CultureInfo.InvariantCulture) : number == way ? "true" : "false";
            foreach (var (start, end) in places)
            {
                // A mark may stand directly before or behind the condition.
                var before = edits.TryGetValue(start, out var first) ? first.Text : string.Empty;
                var behind = edits.TryGetValue(end, out var last) ? last.Text : string.Empty;
                edits.Remove(end);
                edits[start] = (end, before + value + behind);
            }
        }
    }

    private void Write(string body, SortedList<int, (int End, string Text)> edits)
    {
        var text = new StringBuilder(body.Length + (edits.Count * 6));
        var at = 0;
        foreach (var (start, (end, replacement)) in edits)
        {
            text.Append(body, at, start - at);
            _edits.Add((end, text.Length, replacement.Length));
            text.Append(replacement);
            at = end;
        }

        text.Append(body, at, body.Length - at);
        Text = text.ToString();
    }
}

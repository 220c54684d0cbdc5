namespace WeComOps.Templates;

public enum DiffKind
{
    Same,
    Removed,
    Added,

    /// <summary>A line that was removed where another was added: shown in one row.</summary>
    Changed,
}

/// <summary>One row of two versions side by side. Line numbers from 1; null where a side has no line.</summary>
public sealed record DiffRow(DiffKind Kind, int? OldLine, string? Old, int? NewLine, string? New);

/// <summary>Two versions of a text, line by line: the longest common lines stay, the rest is removed, added or changed.</summary>
public static class LineDiff
{
    /// <summary>Beyond this many lines on a side the middle is taken as replaced: the table of the comparison is their product.</summary>
    private const int MostLines = 2000;

    public static IReadOnlyList<DiffRow> Compare(string before, string after)
    {
        var old = before.ReplaceLineEndings("\n").Split('\n');
        var now = after.ReplaceLineEndings("\n").Split('\n');
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var rows = new List<DiffRow>(Math.Max(old.Length, now.Length));
        rows.AddRange(Enumerable.Range(0, head).Select(line => new DiffRow(DiffKind.Same, line + 1, old[line], line + 1, now[line])));
        AddMiddle(rows, old, now, head, old.Length - tail, now.Length - tail);
        rows.AddRange(Enumerable.Range(0, tail).Select(line => (Old: old.Length - tail + line, New: now.Length - tail + line))
            .Select(line => new DiffRow(DiffKind.Same, line.Old + 1, old[line.Old], line.New + 1, now[line.New])));
        return rows;
    }

    private static void AddMiddle(List<DiffRow> rows, string[] old, string[] now, int from, int oldEnd, int newEnd)
    {
        var lengths = CommonLengths(old, now, from, oldEnd, newEnd);
        var (i, j) = (from, from);
        var (removed, added) = (new List<int>(), new List<int>());
        while (i < oldEnd || j < newEnd)
        {
            if (i < oldEnd && j < newEnd && old[i] == now[j])
            {
                Flush(rows, old, now, removed, added);
                rows.Add(new DiffRow(DiffKind.Same, i + 1, old[i], j + 1, now[j]));
                i++;
                j++;
            }
            else if (j >= newEnd || (i < oldEnd && (lengths is null || lengths[i - from + 1, j - from] >= lengths[i - from, j - from + 1])))
            {
                removed.Add(i++);
            }
            else
            {
                added.Add(j++);
            }
        }

        Flush(rows, old, now, removed, added);
    }

    /// <summary>[i, j]: how many lines the rests of the two sides have in common, in order. Null: too long to compare.</summary>
    private static int[,]? CommonLengths(string[] old, string[] now, int from, int oldEnd, int newEnd)
    {
        var (height, width) = (oldEnd - from, newEnd - from);
        if (height > MostLines || width > MostLines)
        {
            return null;
        }

        var lengths = new int[height + 1, width + 1];

        for (var i = height - 1; i >= 0; i--)
        {
            for (var j = width - 1; j >= 0; j--)
            {
                lengths[i, j] = old[from + i] == now[from + j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    /// <summary>Removed and added lines between two common ones stand beside each other as far as they go.</summary>
    private static void Flush(List<DiffRow> rows, string[] old, string[] now, List<int> removed, List<int> added)
    {
        for (var n = 0; n < Math.Max(removed.Count, added.Count); n++)
        {
            int? left = n < removed.Count ? removed[n] : null;
            int? right = n < added.Count ? added[n] : null;
            rows.Add(new DiffRow(
                left is null ? DiffKind.Added : right is null ? DiffKind.Removed : DiffKind.Changed,
                left + 1, left is { } l ? old[l] : null, right + 1, right is { } r ? now[r] : null));
        }

        removed.Clear();
        added.Clear();
    }
}

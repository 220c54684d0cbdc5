using WeComOps.Templates;

namespace WeComOps.Console.Studio;

/// <summary>A reviewer's remark beside the line that it is about now.</summary>
/// <param name="Line">In the text on the page, from 1.</param>
/// <param name="IsThere">Whether the line still says what it said; else it was changed, or is gone.</param>
internal sealed record PlacedRemark(LineRemark Remark, int Line, bool IsThere)
{
    /// <summary>Lines move while a text is mended: each remark goes with the line that still says the same and is nearest.</summary>
    public static IReadOnlyList<PlacedRemark> In(IReadOnlyList<LineRemark> remarks, string text)
    {
        var lines = text.Split('\n');
        return
        [
            .. remarks.Select(remark =>
            {
                var found = Enumerable.Range(1, lines.Length).Where(line => lines[line - 1].Trim() == remark.Quote).OrderBy(line => Math.Abs(line - remark.Line)).Take(1).ToArray();
                return found is [var line] ? new PlacedRemark(remark, line, IsThere: true) : new PlacedRemark(remark, Math.Min(remark.Line, lines.Length), IsThere: false);
            }),
        ];
    }
}

namespace WeComOps.Host.Tests.Oracle;

/// <summary>Numerator and denominator of every metric and subject of one side.</summary>
internal sealed class Sums
{
    private readonly Dictionary<(string Subject, string Metric), (decimal Numerator, decimal Denominator)> _sums = [];
    private readonly HashSet<(string Subject, string Metric, string Key)> _counted = [];

    public IEnumerable<IGrouping<string, (string Metric, decimal Numerator, decimal Denominator)>> BySubject => _sums
        .Select(pair => (pair.Key.Subject, Line: (pair.Key.Metric, pair.Value.Numerator, pair.Value.Denominator)))
        .GroupBy(pair => pair.Subject, pair => pair.Line, StringComparer.Ordinal);

    /// <param name="once">Counted once per subject and key; null: every time.</param>
    public void Add(string metric, IEnumerable<string> subjects, decimal numerator, decimal denominator, string? once = null)
    {
        foreach (var subject in subjects)
        {
            if (once is null || _counted.Add((subject, metric, once)))
            {
                var (top, bottom) = _sums.GetValueOrDefault((subject, metric));
                _sums[(subject, metric)] = (top + numerator, bottom + denominator);
            }
        }
    }

    /// <summary>Who answers for content, and the branch that used it.</summary>
    public static IEnumerable<string> Mid(PlannedContent content, string? branch) =>
        new[]
        {
            "bank:all", "editor:" + content.Editor, "team:" + content.Team, "template:" + content.Template,
            content.Line is null ? null : "line:" + content.Line, branch is null ? null : "branch:" + branch,
        }.OfType<string>();

    public static IEnumerable<string> Front(string advisor, string branch, string? line) =>
        new[] { "bank:all", "advisor:" + advisor, "branch:" + branch, line is null ? null : "line:" + line }.OfType<string>();
}

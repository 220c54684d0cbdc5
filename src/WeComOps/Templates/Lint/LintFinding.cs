using System.Globalization;

namespace WeComOps.Templates.Lint;

/// <summary>What a finding asks for.</summary>
public enum LintLevel
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>A person decides.</summary>
    Warn,

    /// <summary>Cannot be submitted.</summary>
    Block,
}

/// <summary>One thing that was found. What was not found is no promise: the reviewer decides.</summary>
/// <param name="Rule">Stable id in English.</param>
/// <param name="Line">In the file, from 1: the text or the variable that produced it.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Found">The words as they stand in the text; empty where something is missing.</param>
/// <param name="Message">What it is and why it matters, in Chinese.</param>
/// <param name="Basis">Legal basis, or the operating rule; empty for faults of the language.</param>
/// <param name="Remedy">What to do, in Chinese.</param>
public sealed record LintFinding(string Rule, LintLevel Level, int Line, int Column, string Found, string Message, string Basis, string Remedy)
{
    /// <summary>What was found, why it matters and what to do, as one sentence of the screen.</summary>
    public string Say() => (Found.Length == 0 ? string.Empty : $"“{Found}”") + Message + Remedy;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column} [{Rule}] {Found} {Message} {Remedy}");
}

/// <summary>Words that a rule names and that stand there rightly: required wording, a common word, or a registered exemption.</summary>
public sealed record LintExempted(string Rule, int Line, int Column, string Found, string Reason);

/// <summary>What was looked at and what was found.</summary>
/// <param name="Findings">By level, block first, then in the order of the file.</param>
/// <param name="Texts">How many texts were rendered and read: branches, variants and wordings.</param>
/// <param name="Wordings">How many different texts the wordings and variants yield.</param>
/// <param name="Likeness">Mean similarity of two texts that different advisors would get, 0 to 1; null with a single text.</param>
public sealed record LintReport(
    IReadOnlyList<LintFinding> Findings, IReadOnlyList<LintExempted> Exempted, int Texts, int Wordings, decimal? Likeness)
{
    public bool Blocks => Findings.Any(finding => finding.Level == LintLevel.Block);

    /// <summary>In words that promise nothing: what was found and what was not.</summary>
    public string Summary
    {
        get
        {
            var (block, warn, info) = (Count(LintLevel.Block), Count(LintLevel.Warn), Count(LintLevel.Info));
            var found = block + warn + info == 0 ? "未发现规则所列的问题" : $"发现 {block} 处不能提交、{warn} 处需要判断、{info} 处提示";
            return string.Create(CultureInfo.InvariantCulture, $"{found}；读了 {Texts} 份渲染结果，有 {Wordings} 种说法，已放行 {Exempted.Count} 处。最终由审核人判断。");
        }
    }

    private int Count(LintLevel level) => Findings.Count(finding => finding.Level == level);
}

/// <summary>What the rules must know of the bank.</summary>
public sealed record LintSettings
{
    /// <summary>Hosts that a text may link to, besides the tracked link's own.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Advisors that would post it; wordings are shared by <see cref="ExecutorsPerWording"/> of them.</summary>
    public int Advisors { get; init; } = 60;

    /// <summary>Push:ExecutorsPerWording.</summary>
    public int ExecutorsPerWording { get; init; } = 30;

    /// <summary>Mean similarity of two texts above which they look copied.</summary>
    public decimal AlikeAbove { get; init; } = 0.8m;
}

using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>Short ways to check a text.</summary>
internal static class Linting
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static LintReport Check(string body, string kind = "answer", string productType = "none", string matter = "", LintSettings? settings = null) =>
        new TemplateLint(TemplateEngines.Create(), settings ?? new LintSettings()).Check($"---\nkind: {kind}\ntitle: x\nproductType: {productType}\naudience: 客户\n{matter}---\n{body}", Today);

    /// <summary>The line of the file on which the body of <see cref="Check"/> begins, without further front matter.</summary>
    public const int BodyLine = 7;

    public static IReadOnlyList<LintFinding> Rule(this LintReport report, string rule) => [.. report.Findings.Where(finding => finding.Rule == rule)];

    public static LintFinding Only(this LintReport report, string rule) => Assert.Single(report.Rule(rule));
}

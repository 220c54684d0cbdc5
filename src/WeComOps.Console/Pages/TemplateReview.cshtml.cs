using Microsoft.AspNetCore.Authorization;
using WeComOps.Console.Security;
using WeComOps.Console.Studio;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Console.Pages;

/// <summary>What waits for the signed-in reviewer, the longest waiting first. What they wrote themselves is not among it.</summary>
[Authorize(Policy = ConsolePolicy.ReviewTemplates)]
internal sealed class TemplateReviewModel(ConsoleContext context, ITemplateStore templates, LintShelf lint) : ConsolePage(context)
{
    private const int Most = 100;

    public IReadOnlyList<WaitingReview> Rows { get; private set; } = [];

    public int Count { get; private set; }

    /// <summary>In review, but for other eyes: the viewer wrote in it.</summary>
    public int Own { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var open = (await templates.ListAsync(cancellationToken)).Where(template => template.Latest?.State == VersionState.InReview).ToArray();
        var mine = open.Where(template => template.WaitsFor(Viewer.Person.Id)).OrderBy(WaitsSince).ThenBy(template => template.Id, StringComparer.Ordinal).ToArray();
        (Count, Own) = (mine.Length, open.Length - mine.Length);
        ViewData["Waiting"] = Count;
        Rows = [.. mine.Take(Most).Select(template => new WaitingReview(template, template.Latest!, WaitsSince(template), Before(template), lint.Get(template.Latest!)))];
    }

    private static DateTimeOffset WaitsSince(Template template) => template.Latest!.SubmittedAt ?? template.Latest.SavedAt;

    /// <summary>What the reviewer compares with: the version in use, else the one before.</summary>
    private static TemplateVersion? Before(Template template) => template.Approved ?? template.Versions.SkipLast(1).LastOrDefault();
}

/// <param name="Before">The version in use, else the one before; null: it is the first.</param>
internal sealed record WaitingReview(Template Template, TemplateVersion Version, DateTimeOffset Since, TemplateVersion? Before, LintReport Lint)
{
    public int Found(LintLevel level) => Lint.Findings.Count(finding => finding.Level == level);
}

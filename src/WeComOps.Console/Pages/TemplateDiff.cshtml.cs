using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>Two versions of a template side by side: by default the newest and the one in use before it.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class TemplateDiffModel(ConsoleContext context, ITemplateStore templates) : ConsolePage(context)
{
    public Template Template { get; private set; } = null!;

    public TemplateVersion Old { get; private set; } = null!;

    public TemplateVersion New { get; private set; } = null!;

    public IReadOnlyList<DiffRow> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, int? from, int? to, CancellationToken cancellationToken)
    {
        if (await templates.FindAsync(id, cancellationToken) is not { Latest: { } latest } template)
        {
            return NotFound();
        }

        var newer = to is { } asked ? template.Versions.FirstOrDefault(version => version.Number == asked) : latest;
        var older = from is { } before
            ? template.Versions.FirstOrDefault(version => version.Number == before)
            : template.Versions.LastOrDefault(version => version.Number < newer?.Number) ?? newer;
        if (newer is null || older is null)
        {
            return NotFound();
        }

        (Template, Old, New) = (template, older, newer);
        Rows = LineDiff.Compare(older.Source, newer.Source);
        return Page();
    }
}

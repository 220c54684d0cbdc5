using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>All content, by kind and state.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class TemplatesModel(ConsoleContext context, ITemplateStore templates) : ConsolePage(context)
{
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    public IReadOnlyList<Template> Rows { get; private set; } = [];

    public int Waiting { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var all = await templates.ListAsync(cancellationToken);
        Waiting = all.Count(template => template.Latest?.State == VersionState.InReview);
        Rows = [.. all.Where(template => (string.IsNullOrEmpty(Kind) || TemplateSource.NameOf(template.Kind) == Kind)
                && (string.IsNullOrEmpty(State) || template.Latest?.State.ToString() == State))
            .OrderByDescending(template => template.Latest?.State == VersionState.InReview).ThenByDescending(template => template.Latest?.SavedAt).ThenBy(template => template.Id, StringComparer.Ordinal)];
    }
}

using Microsoft.AspNetCore.Authorization;
using WeComOps.Console.Security;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>The register: what was allowed against a rule in content that is in use or waits for its review, with its number and reason.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class ExemptionsModel(ConsoleContext context, ITemplateStore templates) : ConsolePage(context)
{
    public IReadOnlyList<ExemptionRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Rows =
    [
        .. (await templates.ListAsync(cancellationToken)).SelectMany(Of)
            .OrderBy(row => row.Exemption.Registration, StringComparer.Ordinal).ThenBy(row => row.Template.Title, StringComparer.Ordinal).ThenByDescending(row => row.Version.Number),
    ];

    private static IEnumerable<ExemptionRow> Of(Template template) =>
        new[] { template.Approved, template.Latest is { State: VersionState.InReview } open ? open : null }.OfType<TemplateVersion>()
            .SelectMany(version => (TemplateSource.Parse(version.Source).Source?.Exemptions ?? []).Select(exemption => new ExemptionRow(template, version, exemption)));
}

internal sealed record ExemptionRow(Template Template, TemplateVersion Version, RegisteredExemption Exemption);

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>All content, by kind and state.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class TemplatesModel(ConsoleContext context, ITemplateStore templates, TemplateDesk desk) : ConsolePage(context)
{
    public const int PageSize = 50;

    /// <summary>A thousand texts of some kilobytes, packed.</summary>
    private const long LargestArchive = 4 * 1024 * 1024;

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Filter { get; set; }

    /// <summary>title, kind, line, author or saved; a leading minus turns the order around. None: what waits for a review first, then what was saved last.</summary>
    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? Sort { get; set; }

    public IReadOnlyList<Template> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int Number { get; private set; } = 1;

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    public int Waiting { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var all = await templates.ListAsync(cancellationToken);
        Waiting = all.Count(template => template.Latest?.State == VersionState.InReview);
        var found = Order(all.Where(Matches)).ToArray();
        Total = found.Length;
        Number = Math.Clamp(int.TryParse(Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, Pages);
        Rows = [.. found.Skip((Number - 1) * PageSize).Take(PageSize)];
    }

    /// <summary>This page with another order or page.</summary>
    public string Here(string? sort = null, int? page = null) => Urls.With(
        "/templates", ("kind", Kind), ("state", State), ("q", Filter), ("sort", sort ?? Sort), ("page", page?.ToString(CultureInfo.InvariantCulture)));

    public string Turned(string column) => Sort == column ? "-" + column : column;

    private bool Matches(Template template) => (string.IsNullOrEmpty(Kind) || TemplateSource.NameOf(template.Kind) == Kind)
        && (string.IsNullOrEmpty(State) || template.Latest?.State.ToString() == State)
        && (string.IsNullOrWhiteSpace(Filter) || new[] { template.Title, template.Id, Names.Person(template.Author), template.Team, template.ProductLine }
            .Any(text => text?.Contains(Filter.Trim(), StringComparison.OrdinalIgnoreCase) == true));

    private IEnumerable<Template> Order(IEnumerable<Template> found)
    {
        var byId = found.OrderBy(template => template.Id, StringComparer.Ordinal);
        var ordered = Sort?.TrimStart('-') switch
        {
            "title" => byId.OrderBy(template => template.Title, StringComparer.Ordinal),
            "kind" => byId.OrderBy(template => template.Kind),
            "line" => byId.OrderBy(template => template.ProductLine, StringComparer.Ordinal),
            "author" => byId.OrderBy(template => Names.Person(template.Author), StringComparer.Ordinal),
            "saved" => byId.OrderBy(template => template.Latest?.SavedAt),
            _ => byId.OrderByDescending(template => template.Latest?.State == VersionState.InReview).ThenByDescending(template => template.Latest?.SavedAt),
        };
        return Sort?.StartsWith('-') == true ? ordered.Reverse() : ordered;
    }

    /// <summary>The newest version of everything, as files to keep in version control.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellationToken) =>
        File(TemplateArchive.Write(await templates.ListAsync(cancellationToken)), "application/zip", "templates.zip");

    /// <summary>Each file becomes a draft of the one who imports it; what is as it was is left alone.</summary>
    public async Task<IActionResult> OnPostImportAsync(IFormFile? archive, CancellationToken cancellationToken)
    {
        if (!Viewer.May(ConsolePolicy.WriteTemplates))
        {
            return Forbid();
        }

        if (archive is not { Length: > 0 and <= LargestArchive })
        {
            return Back(T["请选择一个不超过 4 MB 的 zip 文件。没有导入任何内容。"], string.Empty);
        }

        await using var stream = archive.OpenReadStream();
        var (files, refusal) = TemplateArchive.Read(stream);
        if (refusal is not null)
        {
            return Back(refusal, string.Empty);
        }

        var (saved, unchanged, refused) = await desk.ImportAsync(files, Viewer.Person.Id, Viewer.Person.Team ?? "未分组", cancellationToken);
        return Back(
            refused.Count == 0 ? null : T.Say("导入了 {0} 个草稿。{1} 个没有导入（由别的组编写、正在审核或说明部分不完整）：{2}。", saved.Count, refused.Count, string.Join("、", refused.Take(10))),
            T.Say("导入了 {0} 个草稿，{1} 个没有变化。提交审核后才能使用。", saved.Count, unchanged.Count));
    }

    private RedirectResult Back(string? refusal, string done)
    {
        TempData[refusal is null ? "Done" : "Refused"] = refusal ?? done;
        return Redirect("/templates");
    }
}

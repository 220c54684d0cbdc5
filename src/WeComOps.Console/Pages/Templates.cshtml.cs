using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Media;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>All content, by kind and state.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
[RequestSizeLimit(LargestArchive + 4096)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestArchive + 4096)]
internal sealed class TemplatesModel(
    ConsoleContext context, ITemplateStore templates, TemplateDesk desk, ITemplateEngine engine, TemplatePictures namedPictures, IPictureStore pictures, AddPicture addPicture) : ConsolePage(context)
{
    public const int PageSize = 50;

    /// <summary>A thousand texts of some kilobytes and their pictures, packed.</summary>
    private const long LargestArchive = 4 * 1024 * 1024 + TemplateArchive.LargestPictures;

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

    /// <summary>The newest version of everything with samples and pictures, as files to keep in version control.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellationToken)
    {
        var all = await templates.ListAsync(cancellationToken);
        var named = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal);
        foreach (var source in all.Select(template => template.Latest).OfType<TemplateVersion>().Select(version => TemplateSource.Parse(version.Source).Source))
        {
            foreach (var picture in (await namedPictures.NamedAsync(source, cancellationToken)).Select(found => found.Picture).OfType<Picture>())
            {
                if (!named.ContainsKey(picture.Id) && await pictures.ReadAsync(picture.Id, cancellationToken) is { } bytes)
                {
                    named.Add(picture.Id, (picture.Name, bytes));
                }
            }
        }

        return File(TemplateArchive.Write(all, engine, named.Values), "application/zip", "templates.zip");
    }

    /// <summary>Each file becomes a draft of the one who imports it; what is as it was is left alone.</summary>
    public async Task<IActionResult> OnPostImportAsync(IFormFile? archive, CancellationToken cancellationToken)
    {
        if (!Viewer.May(ConsolePolicy.WriteTemplates))
        {
            return Forbid();
        }

        if (archive is not { Length: > 0 and <= LargestArchive })
        {
            return Back(T["请选择一个不超过 68 MB 的 zip 文件。没有导入任何内容。"], string.Empty);
        }

        await using var stream = archive.OpenReadStream();
        var files = TemplateArchive.Read(stream);
        if (files.Refusal is not null)
        {
            return Back(files.Refusal, string.Empty);
        }

        foreach (var (name, bytes) in files.Pictures)
        {
            if ((await addPicture.AddAsync(name, bytes, Viewer.Person.Id, cancellationToken)).Refusal is { } refusal)
            {
                return Back(T.Say("图片 {0} 没有导入：{1} 模板还没有导入，改好压缩包再试。", name, refusal), string.Empty);
            }
        }

        var (saved, unchanged, refused) = await desk.ImportAsync(files.Templates, Viewer.Person.Id, Viewer.Person.Team ?? "未分组", cancellationToken);
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

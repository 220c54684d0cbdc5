using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Console.Studio;
using WeComOps.Media;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>The pictures at hand, the newest first, and which content uses them; a form for the next one.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
internal sealed class PicturesModel(ConsoleContext context, IPictureStore pictures, ITemplateStore templates, AddPicture add, TimeProvider clock) : ConsolePage(context)
{
    public const int MostShown = 60;

    private const int MostSearched = 1000;

    /// <summary>Above WeCom's limit, so that what is somewhat too large is refused in words and not cut off.</summary>
    private const long LargestRequest = 40 * 1024 * 1024;

    private ILookup<string, Template> _uses = Array.Empty<Template>().ToLookup(template => template.Id, StringComparer.Ordinal);

    public IReadOnlyList<Picture> Rows { get; private set; } = [];

    public string? Refusal { get; private set; }

    public bool MayWrite => Viewer.May(ConsolePolicy.WriteTemplates);

    /// <summary>Templates whose newest version names it, by id or by name.</summary>
    public IEnumerable<Template> UsesOf(Picture picture) => _uses[picture.Id].Concat(_uses[picture.Name]).DistinctBy(template => template.Id);

    public static string SizeOf(Picture picture) => picture.Size < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, picture.Size / 1024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{picture.Size / 1048576m:0.0} MB");

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>The part of the studio from which a picture is chosen.</summary>
    public async Task<IActionResult> OnGetStudioAsync(string? q, CancellationToken cancellationToken) =>
        Partial("_StudioPictures", await ChoicesAsync(q, refusal: null, cancellationToken));

    /// <summary>Takes a picture in while its text is written, and leaves the text alone.</summary>
    public async Task<IActionResult> OnPostStudioAsync(IFormFile? file, CancellationToken cancellationToken) => MayWrite
        ? Partial("_StudioPictures", await ChoicesAsync(null, await ReadAsync(file, cancellationToken), cancellationToken))
        : Forbid();

    private async Task<StudioPictures> ChoicesAsync(string? filter, string? refusal, CancellationToken cancellationToken)
    {
        var found = (await pictures.ListAsync(MostSearched, cancellationToken)).Where(picture => string.IsNullOrWhiteSpace(filter) || picture.Name.Contains(filter.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray();
        return new StudioPictures([.. found.Take(StudioPictures.MostShown)], found.Length, filter, refusal);
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (!MayWrite)
        {
            return Forbid();
        }

        Refusal = await ReadAsync(file, cancellationToken);
        if (Refusal is null)
        {
            return Redirect("/pictures");
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task<string?> ReadAsync(IFormFile? file, CancellationToken cancellationToken) => file switch
    {
        null => T["请选择一张图片。"],
        { Length: > PictureLimits.LargestBytes } => T["图片超过 10 MB，没有保存。请压缩后再上传。"],
        _ => await TakeAsync(file, cancellationToken),
    };

    private async Task<string?> TakeAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(bytes, cancellationToken);
        }

        var start = clock.GetNow();
        var (picture, refusal) = await add.AddAsync(file.FileName, bytes, Viewer.Person.Id, cancellationToken);
        if (picture is not null)
        {
            TempData["Done"] = picture.AddedAt < start ? T.Say("这张图片库里已经有，叫 {0}。", picture.Name) : T.Say("已上传：{0}。", picture.Name);
        }

        return refusal;
    }

    private static IEnumerable<string> NamesIn(TemplateVersion version) =>
        TemplateSource.Parse(version.Source).Source is { } source ? source.Card?.Cover is { } cover ? source.Images.Append(cover) : source.Images : [];

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Rows = await pictures.ListAsync(MostShown, cancellationToken);
        _uses = (await templates.ListAsync(cancellationToken)).Where(template => template.Latest is not null)
            .SelectMany(template => NamesIn(template.Latest!).Select(image => (image, template)))
            .ToLookup(use => use.image, use => use.template, StringComparer.Ordinal);
    }
}

using WeComOps.Media;

namespace WeComOps.Templates;

/// <summary>A picture that a template names.</summary>
/// <param name="Name">As written: the id, or the file name.</param>
/// <param name="Found">None, one or, where pictures share a file name, several.</param>
public sealed record NamedPicture(string Name, IReadOnlyList<Picture> Found)
{
    /// <summary>Null unless the name means exactly one.</summary>
    public Picture? Picture => Found is [var one] ? one : null;
}

/// <summary>Finds the pictures that templates name.</summary>
public sealed class TemplatePictures(IPictureStore pictures)
{
    /// <summary>The pictures that are posted, in the order written.</summary>
    public async Task<IReadOnlyList<NamedPicture>> FindAsync(TemplateSource source, CancellationToken cancellationToken)
    {
        var found = new List<NamedPicture>(source.Images.Count);
        foreach (var name in source.Images)
        {
            found.Add(await FindAsync(name, cancellationToken));
        }

        return found;
    }

    /// <summary>The cover of its link; null when it names none.</summary>
    public async Task<NamedPicture?> CoverAsync(TemplateSource source, CancellationToken cancellationToken) =>
        source.Card?.Cover is { } name ? await FindAsync(name, cancellationToken) : null;

    /// <summary>Every picture that a text names, the cover last, for the rules to look at; nothing for a text whose front matter cannot be read.</summary>
    public async Task<IReadOnlyList<NamedPicture>> NamedAsync(TemplateSource? source, CancellationToken cancellationToken) => source is null
        ? []
        : [.. await FindAsync(source, cancellationToken), .. await CoverAsync(source, cancellationToken) is { } cover ? [cover] : Array.Empty<NamedPicture>()];

    private async Task<NamedPicture> FindAsync(string name, CancellationToken cancellationToken) =>
        new(name, await pictures.FindAsync(name, cancellationToken) is { } picture ? [picture] : await pictures.FindByNameAsync(name, cancellationToken));

    /// <summary>Join copy leaves as a moment.</summary>
    public static MediaUse UseOf(TemplateKind kind) => kind is TemplateKind.Moment or TemplateKind.JoinCopy ? MediaUse.Moment : MediaUse.Message;

    public static MediaUse CoverUseOf(TemplateKind kind) => UseOf(kind) == MediaUse.Moment ? MediaUse.Moment : MediaUse.Cover;
}

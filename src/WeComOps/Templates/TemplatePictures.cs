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
    /// <summary>In the order written.</summary>
    public async Task<IReadOnlyList<NamedPicture>> FindAsync(TemplateSource source, CancellationToken cancellationToken)
    {
        var found = new List<NamedPicture>(source.Images.Count);
        foreach (var name in source.Images)
        {
            found.Add(new NamedPicture(
                name, await pictures.FindAsync(name, cancellationToken) is { } picture ? [picture] : await pictures.FindByNameAsync(name, cancellationToken)));
        }

        return found;
    }

    /// <summary>Nothing for a text whose front matter cannot be read.</summary>
    public async Task<IReadOnlyList<NamedPicture>> FindAsync(string text, CancellationToken cancellationToken) =>
        TemplateSource.Parse(text).Source is { } source ? await FindAsync(source, cancellationToken) : [];

    /// <summary>Join copy leaves as a moment.</summary>
    public static MediaUse UseOf(TemplateKind kind) => kind is TemplateKind.Moment or TemplateKind.JoinCopy ? MediaUse.Moment : MediaUse.Message;
}

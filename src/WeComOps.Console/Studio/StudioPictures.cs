using WeComOps.Media;

namespace WeComOps.Console.Studio;

/// <summary>Pictures to choose from while a text is written.</summary>
/// <param name="Shown">The newest that match.</param>
/// <param name="Found">How many match.</param>
/// <param name="Filter">Part of the file name; null: all.</param>
/// <param name="Refusal">Why the picture that was just sent was not taken in; null: it was, or none was sent.</param>
internal sealed record StudioPictures(IReadOnlyList<Picture> Shown, int Found, string? Filter, string? Refusal)
{
    public const int MostShown = 12;
}

using WeComOps.Templates;

namespace WeComOps.Console.Studio;

/// <summary>Whether the text on the page is kept, and against which state of the template it is saved next.</summary>
/// <param name="Revision">The template's, as the page knows it; 0: it is not saved yet.</param>
/// <param name="Note">What was kept, in the words of the screen.</param>
/// <param name="Refusal">Why it is not kept.</param>
/// <param name="Theirs">The template with the text that somebody else saved meanwhile; null: nobody did.</param>
internal sealed record StudioSaved(string Id, long Revision, string? Note, string? Refusal, Template? Theirs)
{
    /// <summary>Their text beside the one on the page.</summary>
    public IReadOnlyList<DiffRow> Rows { get; init; } = [];
}

namespace WeComOps.Templates;

public sealed partial class TemplateDesk
{
    /// <summary>Each file becomes a draft of the one who imports it, never more, and an open draft stays in the history; what is as it was is left alone.</summary>
    /// <param name="files">Ids and texts, as <see cref="TemplateArchive.Read"/> gives them.</param>
    public async Task<ImportOutcome> ImportAsync(
        IReadOnlyList<(string Id, string Text)> files, string writer, string team, CancellationToken cancellationToken)
    {
        var (saved, unchanged, refused) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (id, text) in files)
        {
            var latest = (await templates.FindAsync(id, cancellationToken))?.Latest;
            if (latest?.Source == text)
            {
                unchanged.Add(id);
                continue;
            }

            // Typed text is kept whatever it is; a file whose front matter cannot be read is a slip of whoever made the archive.
            var isKept = TemplateSource.Parse(text).Source is not null
                && (await SaveDraftAsync(new DraftText(id, writer, team, text) { Beside = latest is { State: VersionState.Draft } }, cancellationToken)).Refusal is null;
            (isKept ? saved : refused).Add(id);
        }

        return new ImportOutcome(saved, unchanged, refused);
    }
}

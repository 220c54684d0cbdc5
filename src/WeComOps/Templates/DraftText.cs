namespace WeComOps.Templates;

/// <summary>A text that somebody wants to keep.</summary>
/// <param name="Writer">User id.</param>
/// <param name="Team">The writer's: colleagues of the author's team may write in a draft.</param>
public sealed record DraftText(string Id, string Writer, string Team, string Text)
{
    /// <summary>Revision of the template that the writer had before them, 0 for a new one; null: whatever stands there is meant.</summary>
    public long? Read { get; init; }

    /// <summary>Kept in the background while somebody types: nothing is begun or noted for a text that did not change.</summary>
    public bool Automatic { get; init; }

    /// <summary>Begins the next version, so that the draft somebody else saved meanwhile stays in the history.</summary>
    public bool Beside { get; init; }
}

/// <summary>What became of a text.</summary>
/// <param name="Template">As it stands in the store now; null when there is none.</param>
/// <param name="Refusal">Null when the text is kept; else why not, in the words of the screen.</param>
/// <param name="Conflict">Somebody else saved another text in between.</param>
public sealed record DraftOutcome(Template? Template, IReadOnlyList<TemplateFault> Faults, string? Refusal, bool Conflict);

/// <summary>The version that a reviewer read.</summary>
/// <param name="Digest">SHA-256 of the source on the reviewer's screen.</param>
public sealed record ReadVersion(int Number, string Digest)
{
    public static ReadVersion Of(TemplateVersion version) => new(version.Number, version.Digest);

    public bool Is(TemplateVersion version) => Number == version.Number && string.Equals(Digest, version.Digest, StringComparison.Ordinal);
}

/// <summary>Why a review did nothing.</summary>
/// <param name="Message">In the words of the screen.</param>
/// <param name="Now">Number of the version that took the place of the one that was read; null: it is still that one.</param>
public sealed record ReviewRefusal(string Message, int? Now);

/// <summary>What an import did.</summary>
/// <param name="Saved">Ids of what became a draft.</param>
/// <param name="Unchanged">Ids of what was as it is in the file.</param>
/// <param name="Refused">Ids of what was left out: another team's, in review, or with a front matter that cannot be read.</param>
public sealed record ImportOutcome(IReadOnlyList<string> Saved, IReadOnlyList<string> Unchanged, IReadOnlyList<string> Refused);

using System.Text.Json.Serialization;

namespace WeComOps.Templates;

/// <summary>The seven kinds of content.</summary>
public enum TemplateKind
{
    RequestCopy,
    Welcome,
    Moment,
    JoinCopy,
    GroupPost,
    DirectMessage,
    Answer,
}

public enum VersionState
{
    Draft,
    InReview,
    Returned,
    Approved,
}

/// <summary>A piece of content and its history. Its author answers for what its approved versions bring.</summary>
/// <param name="Id">Lower-case letters, digits and dashes.</param>
/// <param name="Author">User id of the editor.</param>
public sealed record Template(
    string Id, TemplateKind Kind, string Title, string Author, string Team, string? ProductLine, IReadOnlyList<TemplateVersion> Versions)
{
    /// <summary>The store's: 0 for a new one, else the revision that was read. It is written only if it is still that one.</summary>
    [JsonIgnore]
    public long Revision { get; init; }

    public TemplateVersion? Latest => Versions.Count == 0 ? null : Versions[^1];

    public TemplateVersion? Approved => Versions.LastOrDefault(version => version.State == VersionState.Approved);

    /// <summary>Every save is a draft; editing anything but a draft starts a new version.</summary>
    public Template SaveDraft(string source, DateTimeOffset now) => Latest is { State: VersionState.Draft } draft
        ? Replace(draft with { Source = source, SavedAt = now })
        : this with { Versions = [.. Versions, new TemplateVersion((Latest?.Number ?? 0) + 1, VersionState.Draft, source, now, null, null, null, null)] };

    public Template Submit(DateTimeOffset now) => Latest is { State: VersionState.Draft } draft
        ? Replace(draft with { State = VersionState.InReview, SavedAt = now })
        : throw new InvalidOperationException($"Template {Id} has no draft to submit.");

    /// <summary>Approval by another person than the author; the approved version is immutable and hashed.</summary>
    public Template Approve(string reviewer, DateTimeOffset now)
    {
        var version = InReview(reviewer);
        return Replace(version with
        {
            State = VersionState.Approved,
            Reviewer = reviewer,
            ReviewedAt = now,
            Hash = Primitives.Digest.Of(version.Source),
        });
    }

    public Template Return(string reviewer, string comment, DateTimeOffset now) =>
        Replace(InReview(reviewer) with { State = VersionState.Returned, Reviewer = reviewer, ReviewedAt = now, Comment = comment });

    private TemplateVersion InReview(string reviewer)
    {
        if (Latest is not { State: VersionState.InReview } version)
        {
            throw new InvalidOperationException($"Template {Id} has nothing in review.");
        }

        return string.Equals(reviewer, Author, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{reviewer} wrote template {Id}: another person must review it.")
            : version;
    }

    private Template Replace(TemplateVersion version) => this with { Versions = [.. Versions.SkipLast(1), version] };
}

/// <param name="Number">From 1.</param>
/// <param name="Source">Scriban text with front matter, as the editor wrote it.</param>
/// <param name="Hash">SHA-256 of the source; set by approval.</param>
public sealed record TemplateVersion(
    int Number, VersionState State, string Source, DateTimeOffset SavedAt, string? Reviewer, DateTimeOffset? ReviewedAt, string? Hash, string? Comment);

public interface ITemplateStore
{
    Task<Template?> FindAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Template>> ListAsync(CancellationToken cancellationToken);
}

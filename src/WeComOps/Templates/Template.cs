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

    /// <summary>Was approved, and must not be used any more; what was sent before stays as it was.</summary>
    Withdrawn,
}

/// <summary>
/// A piece of content and its history. Its author answers for what its approved versions bring, so only the author hands one
/// in; colleagues of the team may write in a draft.
/// </summary>
/// <param name="Id">Lower-case letters, digits and dashes.</param>
/// <param name="Author">User id of the editor.</param>
public sealed record Template(
    string Id, TemplateKind Kind, string Title, string Author, string Team, string? ProductLine, IReadOnlyList<TemplateVersion> Versions)
{
    /// <summary>The store's: 0 for a new one, else the revision that was read. It is written only if it is still that one.</summary>
    [JsonIgnore]
    public long Revision { get; init; }

    /// <summary>With the kind, title and product line that a text gives itself; null leaves them.</summary>
    public Template As(TemplateSource? source) =>
        source is null ? this : this with { Kind = source.Kind, Title = source.Title, ProductLine = source.ProductLine };

    public TemplateVersion? Latest => Versions.Count == 0 ? null : Versions[^1];

    /// <summary>The version in use; null when there is none, or it was withdrawn: an older one does not come back by itself.</summary>
    public TemplateVersion? Approved => Versions.LastOrDefault(WasApproved) is { State: VersionState.Approved } version ? version : null;

    /// <summary>The version of that number, if it is approved and still the text that was approved; else null, and nothing of it may leave.</summary>
    public TemplateVersion? ApprovedAs(int number) => Versions.FirstOrDefault(version => version.Number == number && version is { State: VersionState.Approved, IsIntact: true });

    /// <summary>Every save is a draft; editing anything but a draft starts a new version.</summary>
    /// <param name="writer">User id; null: the author.</param>
    public Template SaveDraft(string source, DateTimeOffset now, string? writer = null) => Latest is { State: VersionState.Draft } draft
        ? Replace(draft with { Source = source, SavedAt = now, Writers = Kept([.. WritersOf(draft).Union([writer ?? Author], StringComparer.Ordinal)]), Earlier = DraftHistory.After(draft, source, now) })
        : BeginVersion(source, now, writer);

    /// <summary>
    /// A new draft beside whatever is there: an open draft stays in the history as it was. Whoever wrote in what was not approved
    /// since has written in this one too, since it goes on from there.
    /// </summary>
    public Template BeginVersion(string source, DateTimeOffset now, string? writer = null) => this with
    {
        Versions = [.. Versions, new TemplateVersion((Latest?.Number ?? 0) + 1, VersionState.Draft, source, now, null, null, null, null) { Writers = Kept([.. Unapproved.SelectMany(WritersOf).Append(writer ?? Author).Distinct(StringComparer.Ordinal)]) }],
    };

    public Template Submit(DateTimeOffset now) => Latest is { State: VersionState.Draft } draft
        ? Replace(draft with { State = VersionState.InReview, SubmittedAt = now, Earlier = null })
        : throw new InvalidOperationException($"Template {Id} has no draft to submit.");

    /// <summary>Approval by a person who wrote nothing of it; the approved version is immutable and hashed.</summary>
    public Template Approve(string reviewer, DateTimeOffset now)
    {
        var version = InReview(reviewer);
        return Replace(version with { State = VersionState.Approved, Reviewer = reviewer, ReviewedAt = now, Hash = version.Digest });
    }

    /// <param name="remarks">What to change in single lines; null: the comment says it all.</param>
    public Template Return(string reviewer, string comment, DateTimeOffset now, IReadOnlyList<LineRemark>? remarks = null) =>
        Replace(InReview(reviewer) with { State = VersionState.Returned, Reviewer = reviewer, ReviewedAt = now, Comment = comment, Remarks = remarks is { Count: > 0 } ? remarks : null });

    /// <summary>The remarks that its writer has yet to answer: of the version that was returned last, until another one is approved.</summary>
    public TemplateVersion? ReturnedLast => Unapproved.LastOrDefault(version => version.State == VersionState.Returned);

    /// <summary>Takes every approved version out of use, also older ones that still wait to leave; whoever needs the content has a new one approved.</summary>
    public Template Withdraw(string person, string reason, DateTimeOffset now) => this with
    {
        Versions =
        [
            .. Versions.Select(version => version.State == VersionState.Approved
                ? version with { State = VersionState.Withdrawn, Withdrawal = new Withdrawal(now, person, reason) } : version),
        ],
    };

    /// <summary>Whether the person wrote in a version, or answers for what it brings.</summary>
    public bool IsBy(TemplateVersion version, string person) => person == Author || HasWritten(version, person);

    public bool HasWritten(TemplateVersion version, string person) => WritersOf(version).Contains(person, StringComparer.Ordinal);

    /// <summary>Whether something waits for a review that this person may give.</summary>
    public bool WaitsFor(string reviewer) => Latest is { State: VersionState.InReview } version && !IsBy(version, reviewer);

    private static bool WasApproved(TemplateVersion version) => version.State is VersionState.Approved or VersionState.Withdrawn;

    private IEnumerable<TemplateVersion> Unapproved => Versions.Skip(1 + Versions.ToList().FindLastIndex(WasApproved));

    private IReadOnlyList<string> WritersOf(TemplateVersion version) => version.Writers ?? [Author];

    private TemplateVersion InReview(string reviewer)
    {
        if (Latest is not { State: VersionState.InReview } version)
        {
            throw new InvalidOperationException($"Template {Id} has nothing in review.");
        }

        return IsBy(version, reviewer)
            ? throw new InvalidOperationException($"{reviewer} wrote in version {version.Number} of template {Id}: another person must review it.")
            : version;
    }

    /// <summary>Named only where it is not the author alone.</summary>
    private string[]? Kept(string[] writers) => writers is [var only] && only == Author ? null : writers;

    private Template Replace(TemplateVersion version) => this with { Versions = [.. Versions.SkipLast(1), version] };
}

/// <param name="Number">From 1.</param>
/// <param name="Source">Scriban text with front matter, as the editor wrote it.</param>
/// <param name="Hash">SHA-256 of the source; set by approval.</param>
public sealed record TemplateVersion(
    int Number, VersionState State, string Source, DateTimeOffset SavedAt, string? Reviewer, DateTimeOffset? ReviewedAt, string? Hash, string? Comment)
{
    /// <summary>User ids of everybody who saved a text of it; null: the template's author alone.</summary>
    public IReadOnlyList<string>? Writers { get; init; }

    /// <summary>When its author handed it in; null: not yet.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Texts that the draft had before, the newest last; null: none is kept. Gone when it is handed in.</summary>
    public IReadOnlyList<EarlierText>? Earlier { get; init; }

    /// <summary>What the reviewer who returned it wrote beside its lines; null: nothing.</summary>
    public IReadOnlyList<LineRemark>? Remarks { get; init; }

    /// <summary>Set when an approved version was taken out of use.</summary>
    public Withdrawal? Withdrawal { get; init; }

    /// <summary>Whether an approved source is still the one that was approved.</summary>
    [JsonIgnore]
    public bool IsIntact => string.Equals(Hash, Digest, StringComparison.Ordinal);

    /// <summary>SHA-256 of the source as it stands.</summary>
    [JsonIgnore]
    public string Digest => Primitives.Digest.Of(Source);
}

/// <param name="Line">Of the version's source, from 1.</param>
/// <param name="Quote">The line as it stood: lines move while the text is mended.</param>
/// <param name="Text">In the reviewer's words.</param>
public sealed record LineRemark(int Line, string Quote, string Text);

/// <param name="At">UTC.</param>
/// <param name="By">Id of the person.</param>
/// <param name="Reason">In the person's words.</param>
public sealed record Withdrawal(DateTimeOffset At, string By, string Reason);

public interface ITemplateStore
{
    Task<Template?> FindAsync(string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Template>> ListAsync(CancellationToken cancellationToken);
}

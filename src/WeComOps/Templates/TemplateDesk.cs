using WeComOps.Directory;
using WeComOps.Primitives;
using WeComOps.Templates.Lint;

namespace WeComOps.Templates;

/// <summary>What editors and reviewers do with templates. Nothing unapproved can leave.</summary>
public sealed partial class TemplateDesk(ITemplateStore templates, IChangeStore changes, ITemplateEngine engine, TemplateLint lint, TimeProvider clock, TemplatePictures pictures, IDirectoryStore directory)
{
    /// <summary>How often who was not first reads again and decides anew.</summary>
    private const int Decisions = 3;

    /// <summary>Saves a draft, also one that does not compile yet: an editor's work is never refused. Returns its faults.</summary>
    public async Task<IReadOnlyList<TemplateFault>> SaveDraftAsync(
        string id, string author, string team, string text, CancellationToken cancellationToken)
    {
        var outcome = await SaveDraftAsync(new DraftText(id, author, team, text), cancellationToken);
        return outcome.Refusal is { } refusal && outcome.Faults.Count == 0 ? [new TemplateFault(1, 1, refusal, string.Empty)] : outcome.Faults;
    }

    /// <summary>Saves a draft, also one that does not compile yet, unless somebody else saved another text since it was read.</summary>
    public Task<DraftOutcome> SaveDraftAsync(DraftText draft, CancellationToken cancellationToken) =>
        DecideAsync(() => SaveDraftCoreAsync(draft, cancellationToken));

    private async Task<DraftOutcome> SaveDraftCoreAsync(DraftText draft, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var (source, fault) = TemplateSource.Parse(draft.Text);
        var known = await templates.FindAsync(draft.Id, cancellationToken);
        if (known is null && source is null)
        {
            return new DraftOutcome(null, [fault!], "说明部分还不完整，没有保存。内容还在。", Conflict: false);
        }

        if (known is not null && WhyNotWrite(known, draft) is { } refusal)
        {
            return new DraftOutcome(known, [], refusal.Message, refusal.Conflict);
        }

        IReadOnlyList<TemplateFault> faults = source is null ? [fault!] : engine.Compile(source).Faults;
        if (known is { Latest: { } latest } && latest.Source == draft.Text && (draft.Automatic || latest.State == VersionState.Draft))
        {
            return new DraftOutcome(known, faults, null, Conflict: false);
        }

        var template = known ?? new Template(draft.Id, source!.Kind, source.Title, draft.Writer, draft.Team, source.ProductLine, []);
        if (template.Approved is null)
        {
            // Once something is approved, what it says of itself counts until the next approval.
            template = template.As(source);
        }

        var saved = draft.Beside ? template.BeginVersion(draft.Text, now, draft.Writer) : template.SaveDraft(draft.Text, now, draft.Writer);
        // The trail says who wrote in which version; not every pause in typing.
        var isNoted = !draft.Automatic || saved.Latest!.Number != known?.Latest?.Number || !known.HasWritten(known.Latest, draft.Writer);
        await SaveAsync(saved, isNoted ? new AuditEntry(now, draft.Writer, "save-draft-template", Name(saved), null) : null, cancellationToken);
        return new DraftOutcome(saved with { Revision = template.Revision + 1 }, faults, null, Conflict: false);
    }

    private static (string Message, bool Conflict)? WhyNotWrite(Template known, DraftText draft)
    {
        if (known.Author != draft.Writer && known.Team != draft.Team)
        {
            return ($"这个模板由 {known.Author} 编写，成效也记在作者名下。请作者或同组的同事修改，或另写一个模板。", false);
        }

        if (known.Latest?.State == VersionState.InReview)
        {
            return ("这个版本正在审核，不能修改。内容还在，没有保存。", false);
        }

        // Two who saved the same text agree.
        return draft.Read is { } read && read != known.Revision && !draft.Beside && known.Latest?.Source != draft.Text
            ? ("您打开以后，这个模板有了别的改动。您的内容还在这一页，没有保存。", true)
            : null;
    }

    /// <summary>What the rules find in a text, saved or not; for the editor while writing.</summary>
    /// <param name="found">The pictures that the text names; null: not looked up.</param>
    /// <param name="advisors">How many would post it; null: as the settings say.</param>
    /// <param name="snippets">Texts of snippets that stand in approved versions; null: not looked up.</param>
    public LintReport Check(string text, IReadOnlyList<NamedPicture>? found = null, int? advisors = null, IReadOnlySet<string>? snippets = null) =>
        lint.Check(text, ShanghaiTime.DayOf(clock.GetNow()), found, advisors, snippets);

    /// <summary>As above, with the pictures that the text names, for the advisors of the bank, beside the snippets that are approved.</summary>
    public async Task<LintReport> CheckAsync(string text, CancellationToken cancellationToken)
    {
        var source = TemplateSource.Parse(text).Source;
        var approved = source is { Snippets.Count: > 0 }
            ? ApprovedSnippet.In(await templates.ListAsync(cancellationToken), engine).Select(snippet => snippet.Text).ToHashSet(StringComparer.Ordinal)
            : null;
        var advisors = await directory.CountAdvisorsAsync(cancellationToken);
        return Check(text, await pictures.NamedAsync(source, cancellationToken), advisors > 0 ? advisors : null, approved);
    }

    /// <summary>Null when done; else why the draft cannot be submitted.</summary>
    public Task<string?> SubmitAsync(string id, string author, CancellationToken cancellationToken) => SubmitAsync(id, author, read: null, cancellationToken);

    /// <param name="read">The text that the author means to hand in; null: whatever the draft says.</param>
    public Task<string?> SubmitAsync(string id, string author, string? read, CancellationToken cancellationToken) =>
        DecideAsync(() => SubmitCoreAsync(id, author, read, cancellationToken));

    private async Task<string?> SubmitCoreAsync(string id, string author, string? read, CancellationToken cancellationToken)
    {
        if (await templates.FindAsync(id, cancellationToken) is not { Latest: { State: VersionState.Draft } draft } template)
        {
            return "没有可以提交的草稿。";
        }

        if (template.Author != author)
        {
            return $"这个模板的成效记在 {template.Author} 名下，由作者本人提交审核。";
        }

        if (read is not null && read != draft.Source)
        {
            return "您保存以后，有同事改过这一版。请读过改动再提交审核。";
        }

        if (await BlockedAsync(draft.Source, cancellationToken) is { } blocked)
        {
            return blocked;
        }

        var now = clock.GetNow();
        var submitted = template.Submit(now);
        await SaveAsync(submitted, new AuditEntry(now, author, "submit-template", Name(submitted), null), cancellationToken);
        return null;
    }

    /// <summary>What must be changed before a text may leave; null: nothing.</summary>
    private async Task<string?> BlockedAsync(string text, CancellationToken cancellationToken)
    {
        var blocking = (await CheckAsync(text, cancellationToken)).Findings.Where(finding => finding.Level == LintLevel.Block).ToArray();
        if (blocking.Length == 0)
        {
            return null;
        }

        var first = blocking[0];
        return $"有 {blocking.Length} 处需要修改，第一处在第 {first.Line} 行第 {first.Column} 列：{first.Say()}";
    }

    private static async Task<T> DecideAsync<T>(Func<Task<T>> step)
    {
        for (var decision = 1; ; decision++)
        {
            try
            {
                return await step();
            }
            catch (ConflictException) when (decision < Decisions)
            {
                // Another changed the template in between: what is true by then decides.
            }
        }
    }

    private static string Name(Template template) => $"{template.Id}@{template.Latest!.Number}";

    private Task SaveAsync(Template template, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var changed = new Changes();
        changed.Templates.Add(template);
        if (entry is not null)
        {
            changed.Audit.Add(entry);
        }

        return changes.CommitAsync(changed, cancellationToken);
    }
}

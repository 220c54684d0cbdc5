using WeComOps.Primitives;
using WeComOps.Templates.Lint;

namespace WeComOps.Templates;

/// <summary>What editors and reviewers do with templates. Nothing unapproved can leave.</summary>
public sealed class TemplateDesk(ITemplateStore templates, IChangeStore changes, ITemplateEngine engine, TemplateLint lint, TimeProvider clock, TemplatePictures pictures)
{
    /// <summary>How often who was not first reads again and decides anew.</summary>
    private const int Decisions = 3;

    /// <summary>Saves a draft, also one that does not compile yet: an editor's work is never refused. Returns its faults.</summary>
    public Task<IReadOnlyList<TemplateFault>> SaveDraftAsync(
        string id, string author, string team, string text, CancellationToken cancellationToken) =>
        DecideAsync(() => SaveDraftCoreAsync(id, author, team, text, cancellationToken));

    private async Task<IReadOnlyList<TemplateFault>> SaveDraftCoreAsync(
        string id, string author, string team, string text, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var (source, fault) = TemplateSource.Parse(text);
        var known = await templates.FindAsync(id, cancellationToken);
        if (source is null && known is null)
        {
            return [fault!];
        }

        if (known is not null && known.Author != author)
        {
            return [new TemplateFault(1, 1, $"这个模板由 {known.Author} 编写，成效也记在作者名下。", "请作者修改，或另写一个模板。")];
        }

        var template = known ?? new Template(id, source!.Kind, source.Title, author, team, source.ProductLine, []);
        if (source is not null)
        {
            template = template with { Kind = source.Kind, Title = source.Title, ProductLine = source.ProductLine };
        }

        await SaveAsync(template.SaveDraft(text, now), author, "save-draft", now, cancellationToken);
        return source is null ? [fault!] : engine.Compile(source).Faults;
    }

    /// <summary>What the rules find in a text, saved or not; for the editor while writing.</summary>
    /// <param name="found">The pictures that the text names; null: not looked up.</param>
    public LintReport Check(string text, IReadOnlyList<NamedPicture>? found = null) => lint.Check(text, ShanghaiTime.DayOf(clock.GetNow()), found);

    /// <summary>Null when done; else why the draft cannot be submitted.</summary>
    public Task<string?> SubmitAsync(string id, string author, CancellationToken cancellationToken) =>
        DecideAsync(() => SubmitCoreAsync(id, author, cancellationToken));

    private async Task<string?> SubmitCoreAsync(string id, string author, CancellationToken cancellationToken)
    {
        if (await templates.FindAsync(id, cancellationToken) is not { Latest: { State: VersionState.Draft } draft } template)
        {
            return "没有可以提交的草稿。";
        }

        var now = clock.GetNow();
        var blocking = lint.Check(draft.Source, ShanghaiTime.DayOf(now), await pictures.FindAsync(draft.Source, cancellationToken)).Findings.Where(finding => finding.Level == LintLevel.Block).ToArray();
        if (blocking.Length > 0)
        {
            var first = blocking[0];
            var found = first.Found.Length == 0 ? string.Empty : $"“{first.Found}”";
            return $"有 {blocking.Length} 处需要修改，第一处在第 {first.Line} 行第 {first.Column} 列：{found}{first.Message}{first.Remedy}";
        }

        await SaveAsync(template.Submit(now), author, "submit", now, cancellationToken);
        return null;
    }

    /// <summary>Null when done; else why not.</summary>
    public Task<string?> ApproveAsync(string id, string reviewer, CancellationToken cancellationToken) =>
        DecideAsync(() => ReviewAsync(id, reviewer, "approve", (template, now) => template.Approve(reviewer, now), cancellationToken));

    /// <summary>Null when done; else why not.</summary>
    public Task<string?> ReturnAsync(string id, string reviewer, string comment, CancellationToken cancellationToken) =>
        DecideAsync(() => ReviewAsync(id, reviewer, "return", (template, now) => template.Return(reviewer, comment, now), cancellationToken));

    private async Task<string?> ReviewAsync(
        string id, string reviewer, string action, Func<Template, DateTimeOffset, Template> decide, CancellationToken cancellationToken)
    {
        if (await templates.FindAsync(id, cancellationToken) is not { Latest.State: VersionState.InReview } template)
        {
            return "这个模板没有待审核的版本。";
        }

        if (template.Author == reviewer)
        {
            return "不能审核自己写的模板，请另一位同事审核。";
        }

        var now = clock.GetNow();
        await SaveAsync(decide(template, now), reviewer, action, now, cancellationToken);
        return null;
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

    private Task SaveAsync(Template template, string who, string action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changed = new Changes();
        changed.Templates.Add(template);
        changed.Audit.Add(new AuditEntry(now, who, action + "-template", $"{template.Id}@{template.Latest!.Number}", null));
        return changes.CommitAsync(changed, cancellationToken);
    }
}

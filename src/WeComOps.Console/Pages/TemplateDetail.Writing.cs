using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WeComOps.Console.Language;
using WeComOps.Console.Security;
using WeComOps.Console.Studio;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

internal sealed partial class TemplateDetailModel
{
    /// <param name="revision">The template's as the page knew it; null: whatever stands there is meant.</param>
    /// <param name="beside">As the next version, beside what somebody else saved meanwhile.</param>
    public async Task<IActionResult> OnPostSaveAsync(string id, string? newId, string? source, long? revision, bool beside, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, cancellationToken) is { } refused)
        {
            return refused;
        }

        var text = Clean(source);
        var target = IsNew ? newId?.Trim() ?? string.Empty : id;
        if (!TemplateArchive.IsId(target) || (IsNew && await templates.FindAsync(target, cancellationToken) is not null))
        {
            return await KeepAsync(text, T["编号要用小写字母、数字和短横线，并且没有用过。内容还在，没有保存。"], cancellationToken);
        }

        var outcome = await desk.SaveDraftAsync(Draft(target, text, IsNew ? 0 : revision) with { Beside = beside }, cancellationToken);
        if (outcome.Refusal is not null)
        {
            return await KeepUnsavedAsync(text, revision, outcome, cancellationToken);
        }

        Tell(null, outcome.Faults.Count == 0 ? "草稿已保存。" : "草稿已保存，还有需要修改的地方。");
        return Redirect("/templates/" + target);
    }

    /// <summary>Keeps the draft while its writer goes on typing: the part of the page that says so.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync(string id, string? source, long revision, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (IsNew)
        {
            return NotFound();
        }

        var text = Clean(source);
        var outcome = await desk.SaveDraftAsync(Draft(id, text, revision) with { Automatic = true }, cancellationToken);
        Saved = outcome.Refusal is null
            ? new StudioSaved(id, outcome.Template!.Revision, T.Say("{0} 已自动保存 · 第 {1} 版草稿", Figures.Hour(clock.GetNow()), outcome.Template.Latest!.Number), null, null)
            : NotSaved(text, revision, outcome);
        return Partial("_StudioSaved", Saved);
    }

    /// <summary>Saves what is on the page and hands it in.</summary>
    public async Task<IActionResult> OnPostSubmitAsync(string id, string? source, long? revision, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (source is not null)
        {
            var text = Clean(source);
            if (Version is { State: not VersionState.Draft } closed && closed.Source == text)
            {
                return Back(id, T["和这一版相比没有改动。"], string.Empty);
            }

            var outcome = await desk.SaveDraftAsync(Draft(id, text, revision), cancellationToken);
            if (outcome.Refusal is not null)
            {
                return await KeepUnsavedAsync(text, revision, outcome, cancellationToken);
            }
        }

        return Back(id, await desk.SubmitAsync(id, Viewer.Person.Id, source is null ? null : Clean(source), cancellationToken), "已提交审核。");
    }

    private async Task<IActionResult?> OpenAsync(string id, CancellationToken cancellationToken) =>
        !Viewer.May(ConsolePolicy.WriteTemplates) ? Forbid() : await LoadAsync(id, cancellationToken) ? null : NotFound();

    private DraftText Draft(string id, string text, long? read) => new(id, Viewer.Person.Id, Team, text) { Read = read };

    private async Task<PageResult> KeepUnsavedAsync(string text, long? revision, DraftOutcome outcome, CancellationToken cancellationToken)
    {
        Saved = NotSaved(text, revision ?? Saved.Revision, outcome);
        return await KeepAsync(text, outcome.Conflict ? T["有人先保存了别的内容，请先看下面的比较。"] : T[outcome.Refusal!], cancellationToken);
    }

    private StudioSaved NotSaved(string text, long revision, DraftOutcome outcome) =>
        new(Id, revision, null, T[outcome.Refusal!], outcome.Conflict ? outcome.Template : null)
        {
            Rows = outcome.Conflict ? LineDiff.Compare(outcome.Template!.Latest!.Source, text) : [],
        };
}

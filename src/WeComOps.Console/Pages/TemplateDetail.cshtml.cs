using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Console.Studio;
using WeComOps.Directory;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>The studio: source with its faults, the text as the customer will read it, versions; draft, submit, review.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class TemplateDetailModel(
    ConsoleContext context, ITemplateStore templates, IMarketStore market, TemplateDesk desk, ITemplateEngine engine, SendTrial trial, TimeProvider clock) : ConsolePage(context)
{
    public const string NewId = "new";

    /// <summary>More names than this help nobody to choose one.</summary>
    private const int MostAdvisors = 200;

    public const string Blank = "---\nkind: moment\ntitle: \nproductLine: \nvariables:\n  topic:\n    type: text\n    sample: 示例\nwordings:\n  opening:\n    - 各位朋友，\n    - 关注市场的朋友，\n---\n{{ opening }}{{ topic }}\n";

    private MarketFacts _figures = MarketFacts.None;

    [BindProperty(SupportsGet = true, Name = "version")]
    public int? AskedVersion { get; set; }

    public Template? Template { get; private set; }

    public string Id { get; private set; } = NewId;

    public string Text { get; private set; } = Blank;

    public TemplateVersion? Version { get; private set; }

    public StudioPreview Preview { get; private set; } = null!;

    /// <summary>Whose eyes the preview can be seen with.</summary>
    public IReadOnlyList<Member> Advisors { get; private set; } = [];

    public string? Refusal { get; private set; }

    public bool IsNew => Template is null;

    public bool IsLatest => Template is null || Version == Template.Latest;

    public bool MayWrite => Viewer.May(ConsolePolicy.WriteTemplates) && IsLatest && Version?.State != VersionState.InReview;

    public bool MayReview => Viewer.May(ConsolePolicy.ReviewTemplates) && IsLatest && Version?.State == VersionState.InReview && Template?.Author != Viewer.Person.Id;

    /// <summary>Why the draft cannot be submitted; null: it can.</summary>
    public string? WhyNotSubmit => Version?.State != VersionState.Draft ? T["没有草稿可以提交。"]
        : Preview.Faults.Count > 0 ? T.Say("还有 {0} 处需要修改。", Preview.Faults.Count) : null;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostSaveAsync(string id, string? newId, string? source, CancellationToken cancellationToken)
    {
        if (!Viewer.May(ConsolePolicy.WriteTemplates))
        {
            return Forbid();
        }

        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var text = Clean(source);
        var target = IsNew ? newId?.Trim() ?? string.Empty : id;
        if (!TemplateArchive.IsId(target) || (IsNew && await templates.FindAsync(target, cancellationToken) is not null))
        {
            return Keep(text, T["编号要用小写字母、数字和短横线，并且没有用过。内容还在，没有保存。"]);
        }

        if (Version?.State == VersionState.InReview)
        {
            return Keep(text, T["这个版本正在审核，不能修改。内容还在，没有保存。"]);
        }

        var faults = await desk.SaveDraftAsync(target, Viewer.Person.Id, Viewer.Person.Team ?? T["未分组"], text, cancellationToken);
        if (await templates.FindAsync(target, cancellationToken) is null)
        {
            return Keep(text, T["说明部分还不完整，没有保存。内容还在。"]);
        }

        Tell(null, faults.Count == 0 ? "草稿已保存。" : "草稿已保存，还有需要修改的地方。");
        return Redirect("/templates/" + target);
    }

    public async Task<IActionResult> OnPostSubmitAsync(string id, CancellationToken cancellationToken) => Viewer.May(ConsolePolicy.WriteTemplates)
        ? Back(id, await desk.SubmitAsync(id, Viewer.Person.Id, cancellationToken), "已提交审核。")
        : Forbid();

    public async Task<IActionResult> OnPostApproveAsync(string id, CancellationToken cancellationToken) => Viewer.May(ConsolePolicy.ReviewTemplates)
        ? Back(id, await desk.ApproveAsync(id, Viewer.Person.Id, cancellationToken), "已批准，可以用在工作要求里。")
        : Forbid();

    public async Task<IActionResult> OnPostReturnAsync(string id, string? comment, CancellationToken cancellationToken)
    {
        if (!Viewer.May(ConsolePolicy.ReviewTemplates))
        {
            return Forbid();
        }

        return string.IsNullOrWhiteSpace(comment)
            ? Back(id, T["退回时请写明要改什么。"], string.Empty)
            : Back(id, await desk.ReturnAsync(id, Viewer.Person.Id, comment.Trim(), cancellationToken), "已退回给作者。");
    }

    /// <summary>The side of the page for a text that is not saved: faults, preview, variables.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string id, string? source, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Text = Clean(source);
        Look(StudioChoices.From(Request.Form));
        return Partial("_StudioSide", Preview);
    }

    public async Task<IActionResult> OnPostTrialAsync(string id, string? text, CancellationToken cancellationToken)
    {
        if (!Viewer.May(ConsolePolicy.WriteTemplates) && !Viewer.May(ConsolePolicy.ReviewTemplates))
        {
            return Forbid();
        }

        return await templates.FindAsync(id, cancellationToken) is null || string.IsNullOrWhiteSpace(text)
            ? NotFound()
            : Back(id, await trial.SendAsync(id, Clean(text), Viewer.Person.Id, cancellationToken), "已发送给您自己。");
    }

    private static string Clean(string? text) => (text ?? string.Empty).ReplaceLineEndings("\n");

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        Id = id;
        _figures = await market.FactsAsync(clock.GetNow(), cancellationToken);
        if (id == NewId)
        {
            Look(StudioChoices.None);
            return Viewer.May(ConsolePolicy.WriteTemplates);
        }

        Template = await templates.FindAsync(id, cancellationToken);
        Version = AskedVersion is { } number ? Template?.Versions.FirstOrDefault(version => version.Number == number) : Template?.Latest;
        if (Template is null || Version is null)
        {
            return false;
        }

        Text = Version.Source;
        Look(StudioChoices.None);
        return true;
    }

    private void Look(StudioChoices choices)
    {
        Advisors = [.. Names.Members.Where(member => member.Active && member.HasCustomers && Viewer.Sees(member.BranchId)).Take(MostAdvisors)];
        Preview = StudioPreview.Build(engine, Text, choices, Advisors, Names, clock.GetNow(), _figures);
    }

    private IActionResult Keep(string text, string refusal)
    {
        Text = text;
        Look(StudioChoices.None);
        Refusal = refusal;
        return Page();
    }

    private IActionResult Back(string id, string? refusal, string done)
    {
        Tell(refusal, done);
        return Redirect("/templates/" + Uri.EscapeDataString(id));
    }
}

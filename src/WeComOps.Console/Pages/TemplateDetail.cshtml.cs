using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>The studio: source with its faults, the text as the customer will read it, versions; draft, submit, review.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class TemplateDetailModel(ConsoleContext context, ITemplateStore templates, TemplateDesk desk, ITemplateEngine engine, TimeProvider clock) : ConsolePage(context)
{
    public const string NewId = "new";

    public const string Blank = "---\nkind: moment\ntitle: \nproductLine: \nvariables:\n  topic:\n    type: text\n    sample: 示例\nwordings:\n  opening:\n    - 各位朋友，\n    - 关注市场的朋友，\n---\n{{ opening }}{{ topic }}\n";

    [BindProperty(SupportsGet = true, Name = "version")]
    public int? AskedVersion { get; set; }

    [BindProperty(SupportsGet = true, Name = "wording")]
    public int Wording { get; set; }

    public Template? Template { get; private set; }

    public string Id { get; private set; } = NewId;

    public string Text { get; private set; } = Blank;

    public TemplateVersion? Version { get; private set; }

    public IReadOnlyList<TemplateFault> Faults { get; private set; } = [];

    public string? Preview { get; private set; }

    public int WordingCount { get; private set; }

    public string? Refusal { get; private set; }

    public bool IsNew => Template is null;

    public bool IsLatest => Template is null || Version == Template.Latest;

    public bool MayWrite => Viewer.May(ConsolePolicy.WriteTemplates) && IsLatest && Version?.State != VersionState.InReview;

    public bool MayReview => Viewer.May(ConsolePolicy.ReviewTemplates) && IsLatest && Version?.State == VersionState.InReview && Template?.Author != Viewer.Person.Id;

    /// <summary>Why the draft cannot be submitted; null: it can.</summary>
    public string? WhyNotSubmit => Version?.State != VersionState.Draft ? T["没有草稿可以提交。"]
        : Faults.Count > 0 ? T.Say("还有 {0} 处需要修改。", Faults.Count) : null;

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

        var text = (source ?? string.Empty).ReplaceLineEndings("\n");
        var target = IsNew ? newId?.Trim() ?? string.Empty : id;
        if (target is NewId or { Length: 0 or > 60 } || !target.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || (IsNew && await templates.FindAsync(target, cancellationToken) is not null))
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
            Faults = faults;
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

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        Id = id;
        if (id == NewId)
        {
            Lint();
            return Viewer.May(ConsolePolicy.WriteTemplates);
        }

        Template = await templates.FindAsync(id, cancellationToken);
        Version = AskedVersion is { } number ? Template?.Versions.FirstOrDefault(version => version.Number == number) : Template?.Latest;
        if (Template is null || Version is null)
        {
            return false;
        }

        Text = Version.Source;
        Lint();
        return true;
    }

    private void Lint()
    {
        var (source, fault) = TemplateSource.Parse(Text);
        if (source is null)
        {
            Faults = [fault!];
            return;
        }

        var (program, faults) = engine.Compile(source);
        Faults = faults;
        WordingCount = source.DistinctWordings;
        if (program is null)
        {
            return;
        }

        var reader = Names.Members.FirstOrDefault(member => member.Active && member.HasCustomers && Viewer.Sees(member.BranchId));
        var model = TemplateModels.Build(
            source, new Dictionary<string, string>(StringComparer.Ordinal), source.WordingOf(Math.Abs(Wording)),
            reader is null ? null : (reader.Name, reader.Title ?? string.Empty, Names.Branch(reader.BranchId)), "https://…/l/…", ShanghaiTime.DayOf(clock.GetNow()));
        var (text, failed) = program.Render(model);
        Preview = text?.Trim();
        Faults = failed is null ? faults : [.. faults, failed];
    }

    private IActionResult Keep(string text, string refusal)
    {
        Text = text;
        Refusal = refusal;
        return Page();
    }

    private IActionResult Back(string id, string? refusal, string done)
    {
        Tell(refusal, done);
        return Redirect("/templates/" + Uri.EscapeDataString(id));
    }
}

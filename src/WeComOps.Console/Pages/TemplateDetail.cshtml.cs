using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WeComOps.Console.Language;
using WeComOps.Console.Security;
using WeComOps.Console.Studio;
using WeComOps.Directory;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Console.Pages;

/// <summary>The studio: source with what the rules find in it, the text as the customer will read it, versions; draft, submit, review.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed partial class TemplateDetailModel(
    ConsoleContext context, ITemplateStore templates, IMarketStore market, TemplateDesk desk, ITemplateEngine engine, SendTrial trial, TimeProvider clock) : ConsolePage(context)
{
    public const string NewId = "new";

    /// <summary>More names than this help nobody to choose one.</summary>
    private const int MostAdvisors = 200;

    public const string Blank = "---\nkind: moment\ntitle: \nproductLine: \nwordings:\n  opening:\n    - 各位朋友，\n    - 关注市场的朋友，\n---\n{{ opening }}\n在这里写正文。\n";

    private MarketFacts _figures = MarketFacts.None;

    [BindProperty(SupportsGet = true, Name = "version")]
    public int? AskedVersion { get; set; }

    /// <summary>Number of an earlier text of the draft, from 0, to be looked at and taken back.</summary>
    [BindProperty(SupportsGet = true, Name = "earlier")]
    public int? AskedEarlier { get; set; }

    /// <summary>The earlier text that is on the page; null: the version's own.</summary>
    public EarlierText? Earlier { get; private set; }

    /// <summary>What a reviewer asked for in single lines, with where each line stands now.</summary>
    public IReadOnlyList<PlacedRemark> Remarks { get; private set; } = [];

    /// <summary>Snippets to choose from: of approved versions.</summary>
    public IReadOnlyList<ApprovedSnippet> Snippets => ApprovedSnippet.In(Names.Templates, engine);

    public Template? Template { get; private set; }

    public string Id { get; private set; } = NewId;

    public string Text { get; private set; } = Blank;

    public TemplateVersion? Version { get; private set; }

    public StudioPreview Preview { get; private set; } = null!;

    /// <summary>What the rules find in <see cref="Text"/>.</summary>
    public LintReport Lint { get; private set; } = null!;

    public StudioSaved Saved { get; private set; } = null!;

    /// <summary>Whose eyes the preview can be seen with.</summary>
    public IReadOnlyList<Member> Advisors { get; private set; } = [];

    public string? Refusal { get; private set; }

    /// <summary>Numbers of the version that was read and of the one that took its place; null: nothing changed under the reviewer's eyes.</summary>
    public (int From, int To)? Changed { get; private set; }

    public bool IsNew => Template is null;

    public bool IsLatest => Template is null || Version == Template.Latest;

    public bool MayWrite => Viewer.May(ConsolePolicy.WriteTemplates) && IsLatest && Version?.State != VersionState.InReview
        && (Template is null || Template.Author == Viewer.Person.Id || Template.Team == Team);

    /// <summary>Whoever answers for it, their team, and whoever may review.</summary>
    public bool MayWithdraw => Template?.Approved is not null && Viewer.May(ConsolePolicy.WithdrawTemplates)
        && (Viewer.May(ConsolePolicy.ReviewTemplates) || Template.Author == Viewer.Person.Id || Template.Team == Team);

    public bool MayReview => Viewer.May(ConsolePolicy.ReviewTemplates) && IsLatest && Template?.WaitsFor(Viewer.Person.Id) == true;

    public bool MayTry => Viewer.May(ConsolePolicy.WriteTemplates) || Viewer.May(ConsolePolicy.ReviewTemplates);

    /// <summary>Why the text on the page cannot be submitted; null: it can.</summary>
    public string? WhyNotSubmit => Template is not null && Template.Author != Viewer.Person.Id ? T.Say("由作者 {0} 提交审核。", Names.Person(Template.Author))
        : Lint.Blocks ? T.Say("还有 {0} 处必须改，改好才能提交。", Lint.Findings.Count(finding => finding.Level == LintLevel.Block))
        : Preview.Faults.Count > 0 ? T.Say("还有 {0} 处需要修改。", Preview.Faults.Count)
        : Version is { State: not VersionState.Draft } closed && closed.Source == Text ? T["和这一版相比没有改动。"] : null;

    private string Team => Viewer.Person.Team ?? "未分组";

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    /// <summary>The page around a text that is not saved: what the rules find, preview, variables.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(string id, string? source, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Text = Clean(source);
        await LookAsync(StudioChoices.From(Request.Form), cancellationToken);
        var live = Partial("_StudioLive", this);
        // A part does not inherit what the page was given.
        live.ViewData["Page"] = this;
        return live;
    }

    public async Task<IActionResult> OnPostTrialAsync(string id, string? text, CancellationToken cancellationToken)
    {
        if (!MayTry)
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
        Saved = new StudioSaved(id, 0, null, null, null);
        if (id == NewId)
        {
            await LookAsync(StudioChoices.None, cancellationToken);
            return Viewer.May(ConsolePolicy.WriteTemplates);
        }

        Template = await templates.FindAsync(id, cancellationToken);
        Version = AskedVersion is { } number ? Template?.Versions.FirstOrDefault(version => version.Number == number) : Template?.Latest;
        if (Template is null || Version is null)
        {
            return false;
        }

        Earlier = AskedEarlier is >= 0 and var asked && MayWrite ? Version.Earlier?.ElementAtOrDefault(asked) : null;
        Text = Earlier?.Source ?? Version.Source;
        Saved = Saved with { Revision = Template.Revision, Note = T.Say("保存于 {0}", Figures.Time(Version.SavedAt)) };
        await LookAsync(StudioChoices.None, cancellationToken);
        return true;
    }

    private async Task LookAsync(StudioChoices choices, CancellationToken cancellationToken)
    {
        Advisors = [.. Names.Members.Where(member => member.Active && member.HasCustomers && Viewer.Sees(member.BranchId)).Take(MostAdvisors)];
        Preview = StudioPreview.Build(engine, Text, choices, Advisors, Names, clock.GetNow(), _figures);
        Lint = await desk.CheckAsync(Text, cancellationToken);
        Remarks = Template is { } known && IsLatest ? PlacedRemark.In(known.ReturnedLast?.Remarks ?? [], Text) : Version?.Remarks is { } own ? PlacedRemark.In(own, Text) : [];
    }

    private async Task<PageResult> KeepAsync(string text, string refusal, CancellationToken cancellationToken)
    {
        Text = text;
        await LookAsync(StudioChoices.None, cancellationToken);
        Refusal = refusal;
        return Page();
    }

    private IActionResult Back(string id, string? refusal, string done)
    {
        Tell(refusal, done);
        return Redirect("/templates/" + Uri.EscapeDataString(id));
    }
}

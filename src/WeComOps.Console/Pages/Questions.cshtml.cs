using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Answers;
using WeComOps.Console.Security;
using WeComOps.Customers;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Console.Pages;

/// <summary>The answer desk: waiting by time left, the question with its context, suggestions beside it.</summary>
[Authorize(Policy = ConsolePolicy.AnswerQuestions)]
internal sealed class QuestionsModel(
    ConsoleContext context, IQuestionStore questions, ICustomerStore customers, AnswerDesk desk, ITemplateEngine engine, TimeProvider clock) : ConsolePage(context)
{
    private const int MostDone = 50;
    private const int MostSuggestions = 3;
    private static readonly TimeSpan AtRisk = TimeSpan.FromMinutes(15);

    [BindProperty(SupportsGet = true, Name = "id")]
    public string? AskedId { get; set; }

    public IReadOnlyList<Question> Waiting { get; private set; } = [];

    public IReadOnlyList<Question> Done { get; private set; } = [];

    public Question? Chosen { get; private set; }

    public string? CustomerName { get; private set; }

    public string Draft { get; private set; } = string.Empty;

    public string? Refusal { get; private set; }

    /// <summary>What the rules find in <see cref="Draft"/>.</summary>
    public IReadOnlyList<LintFinding> Findings { get; private set; } = [];

    public IReadOnlyList<(string Id, string Title, string Text)> Suggestions { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    public bool MayAnswer => Chosen?.CanBeClaimedBy(Viewer.Person.Id, Now) == true;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return AskedId is not null && Chosen is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostClaimAsync(CancellationToken cancellationToken)
    {
        Tell(await SeenAsync(cancellationToken) is null ? T["没有这个提问。"] : await desk.ClaimAsync(AskedId!, Viewer.Person.Id, cancellationToken), "已由您处理，15 分钟内没有答复会回到队列。");
        return Redirect(Urls.With("/questions", ("id", AskedId)));
    }

    public async Task<IActionResult> OnPostAnswerAsync(string? answer, string? library, CancellationToken cancellationToken)
    {
        if (await SeenAsync(cancellationToken) is not { } question)
        {
            return NotFound();
        }

        var findings = desk.Check(question, answer ?? string.Empty);
        var refusal = await desk.AnswerAsync(AskedId!, Viewer.Person.Id, answer ?? string.Empty, ContentOf(library, answer), cancellationToken);
        if (refusal is null)
        {
            Tell(null, findings.Count == 0 ? "答复已发给客户经理。" : T.Say("答复已发给客户经理。规则提示 {0} 处，请留意：{1}", findings.Count, findings[0].Found + findings[0].Message));
            return Redirect("/questions");
        }

        await LoadAsync(cancellationToken);
        (Refusal, Draft, Findings) = (refusal, answer ?? string.Empty, findings);
        return Page();
    }

    /// <summary>What the rules find in an answer while it is written.</summary>
    public async Task<IActionResult> OnPostCheckAsync(string? answer, CancellationToken cancellationToken) =>
        await SeenAsync(cancellationToken) is { } question ? Partial("_AnswerLint", desk.Check(question, answer ?? string.Empty)) : NotFound();

    /// <summary>late, soon or nothing: colour only when at risk.</summary>
    public string? ToneOf(Question question) => question.DueAt <= Now ? "is-overdue" : question.DueAt - Now <= AtRisk ? "is-soon" : null;

    public string TimeLeft(Question question)
    {
        var left = question.DueAt - Now;
        return left <= TimeSpan.Zero
            ? T.Say("超时 {0}", Length(-left))
            : T.Say("剩 {0}", Length(left));
    }

    private string Length(TimeSpan time) => time.TotalHours >= 1 ? T.Say("{0} 小时 {1} 分", (int)time.TotalHours, time.Minutes) : T.Say("{0} 分钟", (int)Math.Ceiling(time.TotalMinutes));

    private async Task<Question?> SeenAsync(CancellationToken cancellationToken) =>
        AskedId is not null && await questions.FindAsync(AskedId, cancellationToken) is { } question && Viewer.Sees(question.Branch) ? question : null;

    /// <summary>An answer taken from the library unchanged is credited to it.</summary>
    private ContentRef? ContentOf(string? library, string? answer)
    {
        if (string.IsNullOrEmpty(library) || Names.FindTemplate(library) is not { Kind: TemplateKind.Answer, Approved: { } version } template
            || !string.Equals(Render(template, version)?.Trim(), answer?.ReplaceLineEndings("\n").Trim(), StringComparison.Ordinal))
        {
            return null;
        }

        return new ContentRef(null, template.Id, version.Number, null, template.Author, template.Team, template.ProductLine);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Now = clock.GetNow();
        Waiting = [.. (await questions.WaitingAsync(cancellationToken)).Where(question => Viewer.Sees(question.Branch))];
        Done = [.. (await questions.LatestAsync(MostDone * 2, cancellationToken)).Where(question => question.AnsweredAt is not null && Viewer.Sees(question.Branch)).Take(MostDone)];
        Chosen = AskedId is null ? (Waiting.Count > 0 ? Waiting[0] : null) : await SeenAsync(cancellationToken);
        if (Chosen is null)
        {
            return;
        }

        CustomerName = Chosen.Customer is null ? null : (await customers.FindAsync(Chosen.Customer, cancellationToken))?.Name;
        Suggestions = [.. Suggest(Chosen).Take(MostSuggestions)];
    }

    private IEnumerable<(string Id, string Title, string Text)> Suggest(Question question)
    {
        foreach (var template in Names.Templates.Where(template => template is { Kind: TemplateKind.Answer, Approved: not null } && TopicOf(template) == question.Topic))
        {
            if (Render(template, template.Approved!) is { Length: > 0 } text)
            {
                yield return (template.Id, template.Title, text.Trim());
            }
        }

        foreach (var answered in Done.Where(done => done.Id != question.Id && done.Topic == question.Topic && done.State == QuestionState.Used && done.Answer is not null))
        {
            yield return (string.Empty, answered.Text, answered.Answer!);
        }
    }

    private static string TopicOf(Template template) => Topics.Of(template.Title + template.Approved!.Source);

    private string? Render(Template template, TemplateVersion version)
    {
        if (!version.IsIntact || TemplateSource.Parse(version.Source).Source is not { } source || source.Expires < ShanghaiTime.DayOf(clock.GetNow())
            || engine.Compile(source).Program is not { } program)
        {
            return null;
        }

        var advisor = Names.Members.FirstOrDefault(member => member.UserId == Chosen?.Advisor);
        var model = TemplateModels.Build(
            source, new Dictionary<string, string>(StringComparer.Ordinal), source.WordingOf(0),
            advisor is null ? null : (advisor.Name, advisor.Title ?? string.Empty, Names.Branch(advisor.BranchId)), link: null, ShanghaiTime.DayOf(clock.GetNow()));
        return program.Render(model).Text;
    }
}

using Microsoft.Extensions.Options;
using WeComOps.Actions;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Instructions;

/// <summary>An instruction that may be issued, with everything that would leave.</summary>
/// <param name="Away">Advisors of the branches who are on leave on the day it is due.</param>
/// <param name="Digest">Of all that would leave: whoever agrees to it has read it.</param>
internal sealed record PreparedInstruction(
    Instruction Instruction, TemplateSource Source, InstructionPlan Plan, IReadOnlyList<Member> Advisors, IReadOnlyList<Member> Away, string Digest);

/// <summary>
/// Checks what an editor filled in and writes everything that would leave, without keeping or sending any of it. The look before
/// and the issuing itself both begin here.
/// </summary>
internal sealed class PrepareInstruction(
    IInstructionStore instructions, ITemplateStore templates, IMarketStore market, TemplatePictures pictures, IDirectoryStore directory, ITemplateEngine engine, TemplateLint lint,
    BusinessCalendar calendar, IOptions<PushOptions> push, IOptions<LinksOptions> links)
{
    /// <summary>How many of the texts the rules read: they differ in wording and in the advisor alone.</summary>
    public const int MostRead = 32;

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    /// <summary>What was prepared, or what is wrong and what to do, for the screen.</summary>
    /// <param name="newToken">Makes the token of a tracked link.</param>
    public async Task<(PreparedInstruction? Prepared, string? Refusal)> PrepareAsync(
        NewInstruction request, string issuedBy, Func<string> newToken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Read once: what is checked is what is sent.
        var template = await templates.FindAsync(request.Template, cancellationToken);
        if (await CheckAsync(request, template, now, cancellationToken) is { } refusal)
        {
            return (null, refusal);
        }

        if (template!.ApprovedAs(template.Approved!.Number) is not { } version)
        {
            return (null, "模板的已批准版本和批准时的内容不一致，不能发出。请管理员查看审计记录，由作者重新提交审核。");
        }

        var (source, _) = TemplateSource.Parse(version.Source);
        var (program, faults) = engine.Compile(source!);
        if (program is null)
        {
            return (null, $"模板 {template.Title} 的已批准版本不能编译：{faults[0].Message}");
        }

        var missing = source!.Variables.Keys.Where(name => !request.Variables.ContainsKey(name)).ToArray();
        if (missing.Length > 0)
        {
            return (null, $"请填写变量：{string.Join("、", missing)}。");
        }

        var figures = source.Market.Count == 0 ? MarketFacts.None : await market.FactsAsync(now, cancellationToken);
        if ((TemplateModels.Refuse(source, request.Variables) ?? figures.Refuse(source, now, request.From)) is { } unusable)
        {
            return (null, unusable);
        }

        var named = await pictures.FindAsync(source, cancellationToken);
        var cover = await pictures.CoverAsync(source, cancellationToken);
        if (PictureChecks.Of(source, cover is null ? named : [.. named, cover]).FirstOrDefault(finding => finding.Level == LintLevel.Block) is { } unfit)
        {
            return (null, $"图片“{unfit.Found}”不能发出：{unfit.Message}{unfit.Remedy}");
        }

        // A group's join page takes the place of the link.
        if (request.Destination is null && request.Kind != InstructionKind.GroupBuilding && (source.Card is not null || program.Uses("link")))
        {
            return (null, "模板里有链接，请填写链接的去处。");
        }

        var advisors = (await directory.MembersAsync(cancellationToken))
            .Where(member => member is { Active: true, HasCustomers: true } && request.Branches.Contains(member.BranchId, StringComparer.Ordinal)
                && (request.Advisors.Count == 0 || request.Advisors.Contains(member.UserId, StringComparer.Ordinal)))
            .OrderBy(member => member.UserId, StringComparer.Ordinal)
            .ToArray();
        if (advisors.Length == 0)
        {
            return (null, "所选机构没有可以接收工作要求的客户经理。");
        }

        // Frozen here: what is corrected later changes nothing that was asked for today.
        var quoted = figures.QuotedBy(source, now, request.From).ToDictionary(figure => figure.Name, figure => figure.Fact!, StringComparer.Ordinal);
        var content = new ContentRef(request.Id, template.Id, version.Number, null, template.Author, template.Team, source.ProductLine);
        var instruction = new Instruction(
            request.Id, request.Kind, request.Title, content, request.From, request.Deadline, request.Branches, request.DailyTarget, request.GroupName,
            request.Destination, InstructionState.Open, now, issuedBy, quoted.Count == 0 ? null : [.. quoted.Values],
            named.Count == 0 ? null : [.. named.Select(picture => picture.Picture!.Id)]);
        var branches = (await directory.BranchesAsync(cancellationToken)).ToDictionary(branch => branch.Id, branch => branch.Name, StringComparer.Ordinal);
        var due = ShanghaiTime.DayOf(request.Deadline);
        var leave = (await directory.LeaveAsync(ShanghaiTime.DayOf(request.From), due, cancellationToken)).ToHashSet();
        var plan = InstructionPlan.Make(
            new PlanningInput(instruction, source, program, request.Variables, quoted, branches, advisors, leave, calendar, push.Value, links.Value, cover?.Picture!.Id), newToken, now);
        if (plan.Fault is { } fault)
        {
            return (null, $"第 {fault.Line} 行第 {fault.Column} 列：{fault.Message}{fault.Remedy}");
        }

        if (plan.Changes.Assignments.Count == 0)
        {
            return (null, "所选的客户经理在这段时间都不用做这件事：没有工作日，或者都在休假。");
        }

        // What was filled in, and what names and links are like, may say what the approved template did not.
        if (plan.Texts.Take(MostRead).SelectMany(text => lint.CheckText(text.Text, source, text.Link)).FirstOrDefault() is { } finding)
        {
            return (null, $"填好的内容不能发出：{finding.Say()}");
        }

        var away = request.Kind == InstructionKind.FriendRequests ? [] : advisors.Where(advisor => leave.Contains(new Leave(advisor.UserId, due))).ToArray();
        return (new PreparedInstruction(instruction, source, plan, advisors, away, plan.Digest(version)), null);
    }

    private async Task<string?> CheckAsync(NewInstruction request, Template? template, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What the approved text says of itself counts, not a later draft.
        var approved = template?.Approved is { } version ? TemplateSource.Parse(version.Source).Source : null;
        return request switch
        {
            _ when await instructions.FindAsync(request.Id, cancellationToken) is not null => AlreadyIssued(request.Id),
            _ when template?.Approved is null => "模板还没有批准的版本，不能发出。",
            _ when approved is null => "模板的已批准版本读不出来，请作者修改说明部分，重新提交审核。",
            _ when approved.Expires is { } last && last < ShanghaiTime.DayOf(request.Deadline) => $"模板的有效期到 {last:yyyy-MM-dd}，早于截止时间。请作者更新后重新提交审核。",
            _ when approved.Kind != KindOf(request.Kind) =>
                $"这类工作要求需要 {TemplateSource.NameOf(KindOf(request.Kind))} 模板，所选模板是 {TemplateSource.NameOf(approved.Kind)}。",
            _ when request.Deadline <= request.From || request.Deadline <= now => "截止时间要晚于开始时间和现在。",
            _ when request.From < now => "开始时间已经过去。请从现在以后的时间开始，不能要求大家补做。",
            _ when request.Deadline - request.From > LongestWindow => $"从开始到截止最多 {LongestWindow.Days} 天。",
            { Kind: InstructionKind.FriendRequests or InstructionKind.GroupBuilding } when ShanghaiTime.At(ShanghaiTime.DayOf(request.From), SendDailyTasks.Time) < now =>
                $"今天的任务单 {SendDailyTasks.Time:HH:mm} 已经发出，客户经理看不到新的要求。请从下一个工作日开始。",
            { Kind: InstructionKind.FriendRequests, DailyTarget: < 1 } => "请填写每个工作日的申请数目标。",
            { Kind: InstructionKind.GroupBuilding, GroupName: null or "" } => "请填写群名。",
            { Kind: InstructionKind.GroupBuilding } when approved.Variables.Count + approved.Market.Count > 0 => "引流文案在群建好以后才生成，模板不能带变量和行情数据。",
            { Destination: { } destination } => links.Value.Refuse(destination.Url),
            _ => null,
        };
    }

    internal static string AlreadyIssued(string id) => $"已有编号为 {id} 的工作要求。";

    private static TemplateKind KindOf(InstructionKind kind) => kind switch
    {
        InstructionKind.FriendRequests => TemplateKind.RequestCopy,
        InstructionKind.Moment => TemplateKind.Moment,
        InstructionKind.GroupBuilding => TemplateKind.JoinCopy,
        InstructionKind.GroupPost => TemplateKind.GroupPost,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
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

/// <summary>What an editor fills in to ask something of advisors.</summary>
/// <param name="Id">Lower-case letters, digits and dashes; issuing the same id twice is refused.</param>
/// <param name="Variables">Values of the template's declared variables.</param>
/// <param name="Advisors">Userids to narrow the branches to; empty: all advisors of the branches.</param>
public sealed record NewInstruction(
    string Id, InstructionKind Kind, string Title, string Template, DateTimeOffset From, DateTimeOffset Deadline, IReadOnlyList<string> Branches,
    IReadOnlyList<string> Advisors, int DailyTarget, string? GroupName, LinkDestination? Destination, IReadOnlyDictionary<string, string> Variables);

/// <summary>
/// Issues an instruction: assignments for every advisor concerned and, where WeCom carries the content, the slices to push.
/// All of it is one transaction; nothing is called here.
/// </summary>
public sealed class IssueInstruction(
    IInstructionStore instructions, ITemplateStore templates, IMarketStore market, TemplatePictures pictures, IDirectoryStore directory, ITemplateEngine engine, TemplateLint lint,
    IChangeStore changes, BusinessCalendar calendar, IEntropy entropy, IOptions<PushOptions> push, IOptions<LinksOptions> links, TimeProvider clock)
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);

    /// <summary>Null when issued; else what is wrong and what to do, for the screen.</summary>
    public async Task<string?> IssueAsync(NewInstruction request, string issuedBy, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        // Read once: what is checked is what is sent.
        var template = await templates.FindAsync(request.Template, cancellationToken);
        if (await CheckAsync(request, template, now, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (template!.ApprovedAs(template.Approved!.Number) is not { } version)
        {
            return "模板的已批准版本和批准时的内容不一致，不能发出。请管理员查看审计记录，由作者重新提交审核。";
        }

        var (source, _) = TemplateSource.Parse(version.Source);
        var (program, faults) = engine.Compile(source!);
        if (program is null)
        {
            return $"模板 {template.Title} 的已批准版本不能编译：{faults[0].Message}";
        }

        var missing = source!.Variables.Keys.Where(name => !request.Variables.ContainsKey(name)).ToArray();
        if (missing.Length > 0)
        {
            return $"请填写变量：{string.Join("、", missing)}。";
        }

        var figures = source.Market.Count == 0 ? MarketFacts.None : await market.FactsAsync(now, cancellationToken);
        var unusable = TemplateModels.Refuse(source, request.Variables) ?? figures.Refuse(source, now, request.From);
        if (unusable is not null)
        {
            return unusable;
        }

        var named = await pictures.FindAsync(source, cancellationToken);
        if (PictureChecks.Of(source, named).FirstOrDefault(finding => finding.Level == LintLevel.Block) is { } unfit)
        {
            return $"图片“{unfit.Found}”不能发出：{unfit.Message}{unfit.Remedy}";
        }

        // A group's join page takes the place of the link.
        if (request.Destination is null && request.Kind != InstructionKind.GroupBuilding && program.Uses("link"))
        {
            return "模板里有链接，请填写链接的去处。";
        }

        // Frozen here: what is corrected later changes nothing that was asked for today.
        var quoted = figures.QuotedBy(source, now, request.From).ToDictionary(figure => figure.Name, figure => figure.Fact!, StringComparer.Ordinal);
        var content = new ContentRef(request.Id, template.Id, version.Number, null, template.Author, template.Team, source!.ProductLine);
        var instruction = new Instruction(
            request.Id, request.Kind, request.Title, content, request.From, request.Deadline, request.Branches, request.DailyTarget, request.GroupName,
            request.Destination, InstructionState.Open, now, issuedBy, quoted.Count == 0 ? null : [.. quoted.Values],
            named.Count == 0 ? null : [.. named.Select(picture => picture.Picture!.Id)]);
        var branches = (await directory.BranchesAsync(cancellationToken)).ToDictionary(branch => branch.Id, branch => branch.Name, StringComparer.Ordinal);
        var advisors = (await directory.MembersAsync(cancellationToken))
            .Where(member => member is { Active: true, HasCustomers: true } && request.Branches.Contains(member.BranchId, StringComparer.Ordinal)
                && (request.Advisors.Count == 0 || request.Advisors.Contains(member.UserId, StringComparer.Ordinal)))
            .OrderBy(member => member.UserId, StringComparer.Ordinal)
            .ToArray();
        if (advisors.Length == 0)
        {
            return "所选机构没有可以接收工作要求的客户经理。";
        }

        var leave = (await directory.LeaveAsync(ShanghaiTime.DayOf(request.From), ShanghaiTime.DayOf(request.Deadline), cancellationToken)).ToHashSet();
        var plan = new Planning(instruction, source, program, request.Variables, quoted, branches, advisors, leave, calendar, entropy, push.Value, links.Value, now);
        var planned = plan.Build();
        if (plan.Fault is { } fault)
        {
            return $"第 {fault.Line} 行第 {fault.Column} 列：{fault.Message}{fault.Remedy}";
        }

        // What was filled in, and what names and links are like, may say what the approved template did not.
        if (plan.Written.SelectMany(written => lint.CheckText(written.Text, source, written.Link)).FirstOrDefault() is { } finding)
        {
            return $"填好的内容不能发出：{finding.Say()}";
        }

        planned.Instructions.Add(instruction);
        planned.Sources.Add(new RawSource("console:instruction:" + instruction.Id, "console", now, InstructionJson.Write(request, instruction.Market, issuedBy)));
        planned.Audit.Add(new AuditEntry(now, issuedBy, "issue-instruction", instruction.Id, content.TemplateVersion));
        try
        {
            await changes.CommitAsync(planned, cancellationToken);
            return null;
        }
        catch (ConflictException)
        {
            // Pressed twice, or by two people at once: the first one counts.
            return AlreadyIssued(request.Id);
        }
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

    private static string AlreadyIssued(string id) => $"已有编号为 {id} 的工作要求。";

    private static TemplateKind KindOf(InstructionKind kind) => kind switch
    {
        InstructionKind.FriendRequests => TemplateKind.RequestCopy,
        InstructionKind.Moment => TemplateKind.Moment,
        InstructionKind.GroupBuilding => TemplateKind.JoinCopy,
        InstructionKind.GroupPost => TemplateKind.GroupPost,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The pure part: from the instruction and its advisors to assignments, facts, links and slices.</summary>
    private sealed class Planning(
        Instruction instruction, TemplateSource source, ITemplateProgram program, IReadOnlyDictionary<string, string> variables,
        IReadOnlyDictionary<string, MarketFact> figures, Dictionary<string, string> branches, Member[] advisors, HashSet<Leave> leave, BusinessCalendar calendar, IEntropy entropy,
        PushOptions push, LinksOptions links, DateTimeOffset now)
    {
        private const int MostWritten = 32;
        private readonly Changes _planned = new();

        public TemplateFault? Fault { get; private set; }

        /// <summary>Some of the texts as they would leave, each with its link: they differ in wording and in the advisor alone.</summary>
        public List<(string Text, string Link)> Written { get; } = [];

        public Changes Build()
        {
            switch (instruction.Kind)
            {
                case InstructionKind.FriendRequests:
                    PlanFriendRequests();
                    break;
                case InstructionKind.Moment:
                    PlanMoments();
                    break;
                case InstructionKind.GroupBuilding:
                    PlanGroups();
                    break;
                case InstructionKind.GroupPost:
                    PlanPosts();
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(instruction));
            }

            return _planned;
        }

        private void PlanFriendRequests()
        {
            foreach (var (advisor, number) in advisors.Select((advisor, number) => (advisor, number)))
            {
                var text = Render(number, advisor, link: null);
                foreach (var day in calendar.WorkdaysBetween(ShanghaiTime.DayOf(instruction.From), ShanghaiTime.DayOf(instruction.Deadline)))
                {
                    if (!leave.Contains(new Leave(advisor.UserId, day)))
                    {
                        Assign(advisor, ActionKind.FriendRequests, ShanghaiTime.At(day, new TimeOnly(23, 59, 59)), instruction.DailyTarget, text, link: null, CopyOf(number));
                    }
                }
            }
        }

        /// <summary>Which copy an advisor was given matters only where copies are under test.</summary>
        private ContentRef CopyOf(int number) => source.Variants.Count == 0 ? instruction.Content : instruction.Content with { Variant = source.VariantLabelOf(number) };

        private void PlanGroups()
        {
            foreach (var advisor in Present())
            {
                var name = instruction.GroupName!
                    .Replace("{branch}", branches.GetValueOrDefault(advisor.BranchId, advisor.BranchId), StringComparison.Ordinal)
                    .Replace("{advisor}", advisor.Name, StringComparison.Ordinal);
                Assign(advisor, ActionKind.GroupBuilding, instruction.Deadline, 1, name, link: null);
                if (Written.Count < MostWritten)
                {
                    Written.Add((name, string.Empty));
                }
            }
        }

        private void PlanMoments()
        {
            foreach (var (chunk, number) in Present().Chunk(push.ExecutorsPerWording).Select((chunk, number) => (chunk, number)))
            {
                var link = NewLink(advisor: null);
                var text = Render(number, advisor: null, link);
                AddSlice(PushKind.Moment, ExposureClass.Moment, number, text, link, [.. chunk.Select(advisor => advisor.UserId)]);
                foreach (var advisor in chunk)
                {
                    Assign(advisor, ActionKind.Moments, instruction.Deadline, 1, text: null, link);
                }
            }
        }

        private void PlanPosts()
        {
            foreach (var (advisor, number) in Present().Select((advisor, number) => (advisor, number)))
            {
                var link = NewLink(advisor);
                AddSlice(PushKind.GroupPost, ExposureClass.GroupPost, number, Render(number, advisor, link), link, [advisor.UserId]);
                Assign(advisor, ActionKind.GroupPosts, instruction.Deadline, 1, text: null, link);
            }
        }

        /// <summary>Whoever is on leave on the day it is due is not asked.</summary>
        private IEnumerable<Member> Present() => advisors.Where(advisor => !leave.Contains(new Leave(advisor.UserId, ShanghaiTime.DayOf(instruction.Deadline))));

        private void AddSlice(PushKind kind, string exposure, int number, string text, string? link, IReadOnlyList<string> executors)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{instruction.Id}/{number + 1:000}");
            _planned.Slices.Add(new PushSlice(
                id, instruction.Id, kind, exposure, instruction.Content with { Variant = source.VariantLabelOf(number) },
                text, link, executors, instruction.From, instruction.Deadline, SliceState.Planned, StartedAt: null, JobId: null, PushId: null,
                Error: null, Checks: 0, CheckAt: null, Epoch: 0, instruction.Pictures));
            _planned.Executions.AddRange(executors.Select(executor => new PushExecution(id, executor, SeenAt: null, Reached: 0, Looks: 0, LookAt: null)));
        }

        private string? NewLink(Member? advisor)
        {
            if (instruction.Destination is not { } destination)
            {
                return null;
            }

            var link = new TrackedLink(
                entropy.NewToken(), destination.Url, instruction.Content, advisor?.UserId, advisor?.BranchId, destination.Product, destination.ProductLine, now);
            _planned.Links.Add(link);
            return link.Token;
        }

        private string Render(int number, Member? advisor, string? link)
        {
            var model = TemplateModels.Build(
                source, variables, source.WordingOf(source.WordingNumberOf(number)),
                advisor is null ? null : (advisor.Name, advisor.Title ?? string.Empty, branches.GetValueOrDefault(advisor.BranchId, advisor.BranchId)),
                link is null ? null : links.UrlOf(link), ShanghaiTime.DayOf(instruction.From),
                figures, source.VariantOf(number));
            var (text, fault) = program.Render(model);
            Fault ??= fault;
            if (text is not null && Written.Count < MostWritten)
            {
                Written.Add((text, link is null ? string.Empty : links.UrlOf(link)));
            }

            return text?.Trim() ?? string.Empty;
        }

        private void Assign(Member advisor, string action, DateTimeOffset due, int target, string? text, string? link, ContentRef? copy = null)
        {
            var day = ShanghaiTime.DayOf(due);
            var id = string.Create(CultureInfo.InvariantCulture, $"{instruction.Id}:{action}:{advisor.UserId}:{day:yyyy-MM-dd}");
            _planned.Assignments.Add(new Assignment(id, instruction.Id, action, advisor.UserId, advisor.BranchId, day, due, target, text));
            _planned.Record(AssignmentFacts.Given(id, action, advisor, due, target, copy ?? instruction.Content, link, now));
        }
    }
}

internal static class AssignmentFacts
{
    public static Fact Given(
        string assignmentId, string action, Member advisor, DateTimeOffset due, int target, ContentRef content, string? link, DateTimeOffset now) => new()
        {
            Id = "assignment_given:" + assignmentId,
            Day = ShanghaiTime.DayOf(due),
            Kind = FactKind.AssignmentGiven,
            OccurredAt = now,
            DueAt = due,
            Advisor = advisor.UserId,
            Branch = advisor.BranchId,
            Content = content,
            Link = link,
            Class = action,
            Quantity = target,
            Source = "console:instruction:" + content.Instruction,
            RecordedAt = now,
        };
}

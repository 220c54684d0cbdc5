using System.Globalization;
using WeComOps.Actions;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Instructions;

/// <summary>A text as it would leave, and for whom.</summary>
/// <param name="Text">With <see cref="InstructionPlan.LinkShown"/> where the tracked link will stand.</param>
/// <param name="Link">What stands there; empty: no link.</param>
/// <param name="Advisors">Userids.</param>
public sealed record PlannedText(string Text, string Link, IReadOnlyList<string> Advisors);

/// <summary>What a plan is made of; all of it was read before, nothing is read while planning.</summary>
/// <param name="Cover">Picture id of the link's cover; null: none.</param>
internal sealed record PlanningInput(
    Instruction Instruction, TemplateSource Source, ITemplateProgram Program, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, MarketFact> Figures,
    IReadOnlyDictionary<string, string> Branches, IReadOnlyList<Member> Advisors, IReadOnlySet<Leave> Leave, BusinessCalendar Calendar, PushOptions Push, LinksOptions Links, string? Cover);

/// <summary>The pure part of issuing: from the instruction and its advisors to assignments, facts, links, slices and their texts.</summary>
internal sealed class InstructionPlan
{
    private readonly PlanningInput _input;
    private readonly Func<string> _newToken;
    private readonly DateTimeOffset _now;
    private readonly List<PlannedText> _texts = [];

    private InstructionPlan(PlanningInput input, Func<string> newToken, DateTimeOffset now) => (_input, _newToken, _now) = (input, newToken, now);

    /// <summary>Stands in shown texts for the token of a tracked link; as long as a real one.</summary>
    public const string TokenShown = "AbCdEfGhIjKlMnOpQrStUv";

    public Changes Changes { get; } = new();

    /// <summary>Every text that would leave, in the order of the slices.</summary>
    public IReadOnlyList<PlannedText> Texts => _texts;

    /// <summary>The first rendering that failed; then nothing of the plan may leave.</summary>
    public TemplateFault? Fault { get; private set; }

    /// <summary>How the link of a shown text looks.</summary>
    public static string LinkShown(LinksOptions links) => links.UrlOf(TokenShown);

    /// <param name="newToken">Makes the token of a tracked link.</param>
    public static InstructionPlan Make(PlanningInput input, Func<string> newToken, DateTimeOffset now)
    {
        var plan = new InstructionPlan(input, newToken, now);
        switch (input.Instruction.Kind)
        {
            case InstructionKind.FriendRequests:
                plan.PlanFriendRequests();
                break;
            case InstructionKind.Moment:
                plan.PlanMoments();
                break;
            case InstructionKind.GroupBuilding:
                plan.PlanGroups();
                break;
            case InstructionKind.GroupPost:
                plan.PlanPosts();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input));
        }

        return plan;
    }

    /// <summary>Of everything that would leave, whatever tokens its links get: what was read is what is agreed to.</summary>
    public string Digest(TemplateVersion version)
    {
        var instruction = _input.Instruction;
        return Primitives.Digest.Of(string.Join('\n', (string?[])
        [
            version.Digest, instruction.Kind.ToString(), Time(instruction.From), Time(instruction.Deadline), instruction.DailyTarget.ToString(CultureInfo.InvariantCulture),
            instruction.Destination?.Url, instruction.Destination?.Product, instruction.Destination?.ProductLine, string.Join(' ', instruction.Pictures ?? []), _input.Cover,
            .. _texts.Select(text => string.Join(',', text.Advisors) + '\t' + text.Text),
        ]));
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private void PlanFriendRequests()
    {
        var instruction = _input.Instruction;
        foreach (var (advisor, number) in _input.Advisors.Select((advisor, number) => (advisor, number)))
        {
            var text = Render(number, advisor, link: null);
            Show(text, link: null, [advisor.UserId]);
            foreach (var day in _input.Calendar.WorkdaysBetween(ShanghaiTime.DayOf(instruction.From), ShanghaiTime.DayOf(instruction.Deadline)))
            {
                if (!_input.Leave.Contains(new Leave(advisor.UserId, day)))
                {
                    Assign(advisor, ActionKind.FriendRequests, ShanghaiTime.At(day, new TimeOnly(23, 59, 59)), instruction.DailyTarget, text, link: null, CopyOf(number));
                }
            }
        }
    }

    /// <summary>Which copy an advisor was given matters only where copies are under test.</summary>
    private ContentRef CopyOf(int number) =>
        _input.Source.Variants.Count == 0 ? _input.Instruction.Content : _input.Instruction.Content with { Variant = _input.Source.VariantLabelOf(number) };

    private void PlanGroups()
    {
        foreach (var advisor in Present())
        {
            var name = _input.Instruction.GroupName!
                .Replace("{branch}", BranchOf(advisor), StringComparison.Ordinal)
                .Replace("{advisor}", advisor.Name, StringComparison.Ordinal);
            Assign(advisor, ActionKind.GroupBuilding, _input.Instruction.Deadline, 1, name, link: null);
            Show(name, link: null, [advisor.UserId]);
        }
    }

    private void PlanMoments()
    {
        foreach (var (chunk, number) in Present().Chunk(_input.Push.ExecutorsPerWording).Select((chunk, number) => (chunk, number)))
        {
            var link = NewLink(advisor: null);
            AddSlice(PushKind.Moment, ExposureClass.Moment, number, Render(number, advisor: null, link), link, [.. chunk.Select(advisor => advisor.UserId)]);
            foreach (var advisor in chunk)
            {
                Assign(advisor, ActionKind.Moments, _input.Instruction.Deadline, 1, text: null, link);
            }
        }
    }

    private void PlanPosts()
    {
        foreach (var (advisor, number) in Present().Select((advisor, number) => (advisor, number)))
        {
            var link = NewLink(advisor);
            AddSlice(PushKind.GroupPost, ExposureClass.GroupPost, number, Render(number, advisor, link), link, [advisor.UserId]);
            Assign(advisor, ActionKind.GroupPosts, _input.Instruction.Deadline, 1, text: null, link);
        }
    }

    /// <summary>Whoever is on leave on the day it is due is not asked.</summary>
    private IEnumerable<Member> Present() =>
        _input.Advisors.Where(advisor => !_input.Leave.Contains(new Leave(advisor.UserId, ShanghaiTime.DayOf(_input.Instruction.Deadline))));

    private void AddSlice(PushKind kind, string exposure, int number, string text, string? link, IReadOnlyList<string> executors)
    {
        var instruction = _input.Instruction;
        var id = string.Create(CultureInfo.InvariantCulture, $"{instruction.Id}/{number + 1:000}");
        Changes.Slices.Add(new PushSlice(
            id, instruction.Id, kind, exposure, instruction.Content with { Variant = _input.Source.VariantLabelOf(number) },
            text, link, executors, instruction.From, instruction.Deadline, SliceState.Planned, StartedAt: null, JobId: null, PushId: null,
            Error: null, Checks: 0, CheckAt: null, Epoch: 0, instruction.Pictures, CardOf(link)));
        Changes.Executions.AddRange(executors.Select(executor => new PushExecution(id, executor, SeenAt: null, Reached: 0, Looks: 0, LookAt: null)));
        Show(text, link, executors);
    }

    private void Show(string text, string? link, IReadOnlyList<string> advisors) => _texts.Add(link is null
        ? new PlannedText(text, string.Empty, advisors)
        : new PlannedText(text.Replace(_input.Links.UrlOf(link), LinkShown(_input.Links), StringComparison.Ordinal), LinkShown(_input.Links), advisors));

    private PushCard? CardOf(string? link) =>
        _input.Source.Card is { } card && link is not null ? new PushCard(card.Title, card.Description, _input.Links.UrlOf(link), _input.Cover) : null;

    private string? NewLink(Member? advisor)
    {
        if (_input.Instruction.Destination is not { } destination)
        {
            return null;
        }

        var link = new TrackedLink(
            _newToken(), destination.Url, _input.Instruction.Content, advisor?.UserId, advisor?.BranchId, destination.Product, destination.ProductLine, _now);
        Changes.Links.Add(link);
        return link.Token;
    }

    private string Render(int number, Member? advisor, string? link)
    {
        var source = _input.Source;
        var model = TemplateModels.Build(
            source, _input.Variables, source.WordingOf(source.WordingNumberOf(number)),
            advisor is null ? null : (advisor.Name, advisor.Title ?? string.Empty, BranchOf(advisor)),
            link is null ? null : _input.Links.UrlOf(link), ShanghaiTime.DayOf(_input.Instruction.From),
            _input.Figures, source.VariantOf(number));
        var (text, fault) = _input.Program.Render(model);
        Fault ??= fault;
        return text?.Trim() ?? string.Empty;
    }

    private void Assign(Member advisor, string action, DateTimeOffset due, int target, string? text, string? link, ContentRef? copy = null)
    {
        var instruction = _input.Instruction;
        var day = ShanghaiTime.DayOf(due);
        var id = string.Create(CultureInfo.InvariantCulture, $"{instruction.Id}:{action}:{advisor.UserId}:{day:yyyy-MM-dd}");
        Changes.Assignments.Add(new Assignment(id, instruction.Id, action, advisor.UserId, advisor.BranchId, day, due, target, text));
        Changes.Record(AssignmentFacts.Given(id, action, advisor, due, target, copy ?? instruction.Content, link, _now));
    }

    private string BranchOf(Member advisor) => _input.Branches.GetValueOrDefault(advisor.BranchId, advisor.BranchId);
}

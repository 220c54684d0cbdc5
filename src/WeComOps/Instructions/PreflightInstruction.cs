using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates.Lint;

namespace WeComOps.Instructions;

/// <summary>One wording as it would leave.</summary>
/// <param name="Advisors">How many advisors send it.</param>
public sealed record PreflightText(string Text, int Advisors);

/// <summary>What issuing would do, before it does it.</summary>
/// <param name="Advisors">Who is asked.</param>
/// <param name="Away">Who is not, being on leave on the day it is due.</param>
/// <param name="Friends">Customers of those who are asked; who has two advisors counts twice.</param>
/// <param name="Slices">Calls that WeCom gets.</param>
/// <param name="Texts">What leaves, the most frequent first.</param>
/// <param name="Card">How the link is shown; null: as an address in the text, or there is none.</param>
/// <param name="Findings">What the rules leave to a person's judgement, in the finished texts and in their number.</param>
/// <param name="Beside">Open instructions of the same kind that ask some of these advisors in the same time.</param>
/// <param name="Digest">Of all that would leave.</param>
public sealed record InstructionPreflight(
    IReadOnlyList<Member> Advisors, IReadOnlyList<Member> Away, int Friends, int Slices, IReadOnlyList<PreflightText> Texts, PushCard? Card, IReadOnlyList<LintFinding> Findings,
    IReadOnlyList<Instruction> Beside, string Digest);

/// <summary>The look before: everything that issuing would check and write, none of it kept.</summary>
public sealed class PreflightInstruction
{
    private readonly PrepareInstruction _prepare;
    private readonly IInstructionStore _instructions;
    private readonly ICustomerStore _customers;
    private readonly TemplateLint _lint;
    private readonly TimeProvider _clock;

    internal PreflightInstruction(PrepareInstruction prepare, IInstructionStore instructions, ICustomerStore customers, TemplateLint lint, TimeProvider clock) =>
        (_prepare, _instructions, _customers, _lint, _clock) = (prepare, instructions, customers, lint, clock);

    /// <summary>What would happen, or why it cannot be issued.</summary>
    public async Task<(InstructionPreflight? Preflight, string? Refusal)> LookAsync(NewInstruction request, string issuedBy, CancellationToken cancellationToken)
    {
        var now = _clock.GetNow();
        var (prepared, refusal) = await _prepare.PrepareAsync(request, issuedBy, () => InstructionPlan.TokenShown, now, cancellationToken);
        if (prepared is null)
        {
            return (null, refusal);
        }

        var asked = prepared.Plan.Changes.Assignments.Select(assignment => assignment.Advisor).ToHashSet(StringComparer.Ordinal);
        var friends = (await _customers.CountByAdvisorAsync(cancellationToken)).Where(count => asked.Contains(count.Advisor)).Sum(count => count.Friends);
        var texts = prepared.Plan.Texts.GroupBy(text => text.Text, StringComparer.Ordinal)
            .Select(same => new PreflightText(same.Key, same.Sum(text => text.Advisors.Count))).OrderByDescending(text => text.Advisors).ToArray();
        var read = prepared.Plan.Texts.Take(PrepareInstruction.MostRead).SelectMany(text => _lint.ReadText(text.Text, prepared.Source, text.Link))
            .DistinctBy(finding => (finding.Rule, finding.Found));
        return (new InstructionPreflight(
            [.. prepared.Advisors.Where(advisor => asked.Contains(advisor.UserId))], prepared.Away, friends, prepared.Plan.Changes.Slices.Count, texts,
            prepared.Plan.Changes.Slices.FirstOrDefault()?.Card,
            [.. read.Concat(_lint.CheckWordings(prepared.Source, asked.Count, ShanghaiTime.DayOf(now))).OrderByDescending(finding => finding.Level)],
            await BesideAsync(prepared.Instruction, asked, now, cancellationToken), prepared.Digest), null);
    }

    private async Task<IReadOnlyList<Instruction>> BesideAsync(Instruction instruction, HashSet<string> asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var beside = new List<Instruction>();
        foreach (var other in (await _instructions.ListAsync(cancellationToken)).Where(other =>
            other.Kind == instruction.Kind && other.StoppedAt is null && other.Deadline > now && other.From < instruction.Deadline && instruction.From < other.Deadline))
        {
            if ((await _instructions.AssignmentsAsync(other.Id, cancellationToken)).Any(assignment => asked.Contains(assignment.Advisor)))
            {
                beside.Add(other);
            }
        }

        return beside;
    }
}

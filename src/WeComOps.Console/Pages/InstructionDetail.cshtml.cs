using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Progress;
using WeComOps.Console.Security;
using WeComOps.Instructions;
using WeComOps.Outbox;

namespace WeComOps.Console.Pages;

/// <summary>What was asked, of whom, by when; done by branch; what came back per 100 actions; the pushes and their wordings.</summary>
[Authorize(Policy = ConsolePolicy.ReadInstructions)]
internal sealed class InstructionDetailModel(ConsoleContext context, IInstructionStore instructions, IPushStore pushes, ProgressReader progress) : ConsolePage(context)
{
    private const int MostWordings = 20;

    public Instruction Instruction { get; private set; } = null!;

    public InstructionProgress? Progress { get; private set; }

    public IReadOnlyList<(string Branch, int Advisors, decimal Given, decimal Done)> ByBranch { get; private set; } = [];

    public IReadOnlyList<(SliceState State, int Slices, int Executors)> ByState { get; private set; } = [];

    public IReadOnlyList<(string Text, int Executors)> Wordings { get; private set; } = [];

    public int WordingCount { get; private set; }

    public int Unknown => ByState.Where(state => state.State is SliceState.Unknown or SliceState.Missed or SliceState.Rejected).Sum(state => state.Slices);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await instructions.FindAsync(id, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        if (Viewer.Branch is { } own && !found.Branches.Contains(own))
        {
            return Forbid();
        }

        Instruction = found;
        Progress = (await InstructionsModel.ReadAsync(progress, [found], Branch, cancellationToken)).GetValueOrDefault(id);
        ByBranch = Progress is null ? [] :
        [
            .. Progress.Advisors.Values.GroupBy(advisor => advisor.Branch ?? string.Empty, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count(), group.Sum(advisor => advisor.Given), group.Sum(advisor => advisor.Done)))
                .OrderBy(row => row.Item3 == 0 ? 0 : row.Item4 / row.Item3),
        ];
        var slices = (await pushes.OfInstructionAsync(id, cancellationToken)).Select(slice => (slice.State, slice.Text, Executors: slice.Executors.Count(IsShown))).Where(slice => slice.Executors > 0).ToArray();
        ByState = [.. slices.GroupBy(slice => slice.State).OrderBy(group => group.Key).Select(group => (group.Key, group.Count(), group.Sum(slice => slice.Executors)))];
        var wordings = slices.GroupBy(slice => slice.Text, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(slice => slice.Executors))).ToArray();
        WordingCount = wordings.Length;
        Wordings = [.. wordings.Take(MostWordings)];
        return Page();
    }

    private bool IsShown(string advisor) => Branch is null || Names.BranchOf(advisor) == Branch;
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Progress;
using WeComOps.Console.Security;
using WeComOps.Instructions;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>What was asked, of whom, by when; done by branch; what came back per 100 actions; the pushes and their wordings.</summary>
[Authorize(Policy = ConsolePolicy.ReadInstructions)]
internal sealed class InstructionDetailModel(ConsoleContext context, IInstructionStore instructions, IPushStore pushes, IMarketStore market, StopInstruction stop, ProgressReader progress, TimeProvider clock) : ConsolePage(context)
{
    private const int MostWordings = 20;

    public Instruction Instruction { get; private set; } = null!;

    public InstructionProgress? Progress { get; private set; }

    public IReadOnlyList<(string Branch, int Advisors, decimal Given, decimal Done)> ByBranch { get; private set; } = [];

    public IReadOnlyList<(SliceState State, int Slices, int Executors)> ByState { get; private set; } = [];

    public IReadOnlyList<(string Text, int Executors)> Wordings { get; private set; } = [];

    public int WordingCount { get; private set; }

    /// <summary>Whether the viewer may end it: it is open, and everything of it is in their sight.</summary>
    public bool MayStop => Instruction is { StoppedAt: null } && Instruction.Deadline > clock.GetNow() && Viewer.May(ConsolePolicy.StopInstructions) && Instruction.Branches.All(Viewer.Sees);

    /// <summary>Figures that it quotes and that were corrected or withdrawn since.</summary>
    public IReadOnlyList<string> Replaced { get; private set; } = [];

    /// <summary>Why some of its pushes did not leave; each reason once.</summary>
    public IReadOnlyList<string> Withheld { get; private set; } = [];

    public int Unknown => ByState.Where(state => state.State is SliceState.Unknown or SliceState.Missed or SliceState.Rejected).Sum(state => state.Slices);

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, cancellationToken) is { } refused)
        {
            return refused;
        }

        var found = Instruction;
        Progress = (await InstructionsModel.ReadAsync(progress, [found], Branch, cancellationToken)).GetValueOrDefault(id);
        ByBranch = Progress is null ? [] :
        [
            .. Progress.Advisors.Values.GroupBy(advisor => advisor.Branch ?? string.Empty, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count(), group.Sum(advisor => advisor.Given), group.Sum(advisor => advisor.Done)))
                .OrderBy(row => row.Item3 == 0 ? 0 : row.Item4 / row.Item3),
        ];
        Replaced = await market.ReplacedAsync(found.Market ?? [], cancellationToken);
        var all = await pushes.OfInstructionAsync(id, cancellationToken);
        Withheld = found.Stop is null ? [.. all.Where(slice => slice.State == SliceState.Stopped).Select(slice => slice.Error).OfType<string>().Distinct(StringComparer.Ordinal)] : [];
        var slices = all.Select(slice => (slice.State, slice.Text, Executors: slice.Executors.Count(IsShown))).Where(slice => slice.Executors > 0).ToArray();
        ByState = [.. slices.GroupBy(slice => slice.State).OrderBy(group => group.Key).Select(group => (group.Key, group.Count(), group.Sum(slice => slice.Executors)))];
        var wordings = slices.GroupBy(slice => slice.Text, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(slice => slice.Executors))).ToArray();
        WordingCount = wordings.Length;
        Wordings = [.. wordings.Take(MostWordings)];
        return Page();
    }

    public async Task<IActionResult> OnPostStopAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (!Viewer.May(ConsolePolicy.StopInstructions) || !Instruction.Branches.All(Viewer.Sees))
        {
            return Forbid();
        }

        var refusal = await stop.StopAsync(id, Viewer.Person.Id, reason, cancellationToken);
        progress.Forget();
        Tell(refusal, "已停止。没发的不再发，没确认的会在企业微信里取消，没做的不计分。");
        return Redirect("/instructions/" + Uri.EscapeDataString(id));
    }

    private async Task<IActionResult?> OpenAsync(string id, CancellationToken cancellationToken)
    {
        if (await instructions.FindAsync(id, cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Instruction = found;
        return Viewer.Branch is { } own && !found.Branches.Contains(own) ? Forbid() : null;
    }

    private bool IsShown(string advisor) => Branch is null || Names.BranchOf(advisor) == Branch;
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Healing;
using WeComOps.Primitives;

namespace WeComOps.Console.Pages;

/// <summary>What comparing with WeCom's lists and counts found: the gap report.</summary>
[Authorize(Policy = ConsolePolicy.ReadChecks)]
internal sealed class ChecksModel(ConsoleContext context, IHealingStore healing, HealRequests requests, TimeProvider clock) : ConsolePage(context)
{
    public const int MostFindings = 500;
    private const int MostRuns = 14;
    private const int DaysBack = 28;

    [BindProperty(SupportsGet = true, Name = "run")]
    public string? AskedRun { get; set; }

    public bool MayAsk => Viewer.May(ConsolePolicy.Operate);

    public IReadOnlyList<HealRun> Runs { get; private set; } = [];

    public HealRun? Chosen { get; private set; }

    /// <summary>Of the chosen run, as far as the viewer's branch goes.</summary>
    public IReadOnlyList<HealFinding> Findings { get; private set; } = [];

    public IReadOnlyList<CountGap> Gaps { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Runs = await healing.RunsAsync(MostRuns, cancellationToken);
        Chosen = AskedRun is { Length: > 0 } asked
            ? Runs.FirstOrDefault(run => run.Id == asked) ?? await healing.FindAsync(asked, cancellationToken)
            : Runs.FirstOrDefault(run => run.Counts.Found + run.Counts.Doubtful > 0) ?? (Runs.Count > 0 ? Runs[0] : null);
        if (Chosen is not null)
        {
            Findings = [.. (await healing.FindingsAsync(Chosen.Id, MostFindings, cancellationToken)).Where(finding => Branch is null || Names.BranchOf(finding.Advisor) == Branch)];
        }

        var today = ShanghaiTime.DayOf(clock.GetNow());
        Gaps = [.. (await healing.GapsAsync(today.AddDays(-DaysBack), today, cancellationToken)).Where(gap => Branch is null || gap.Branch == Branch)];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!MayAsk)
        {
            return Forbid();
        }

        await requests.AskAsync(HealReason.Asked, Viewer.Person.Id, cancellationToken);
        Tell(null, "已安排核对，几分钟内开始。");
        return Redirect("/checks");
    }

    public string StateOf(HealRun run) => run switch
    {
        { FinishedAt: { } end } => T.Say("完成，用时 {0} 分钟", (int)Math.Ceiling((end - run.StartedAt).TotalMinutes)),
        { Hindrance: { } why } => T.Say("等待：{0}", why),
        _ => T.Say("进行中，已核对 {0} 位客户经理", run.Counts.Advisors),
    };

    public static string? ToneOf(HealRun run) => run.IsFinished ? "is-done" : run.Hindrance is null ? "is-open" : "is-risk";
}

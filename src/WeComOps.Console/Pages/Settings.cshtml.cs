using Microsoft.AspNetCore.Authorization;
using WeComOps.Access;
using WeComOps.Console.Security;
using WeComOps.Inbox;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>The rules of the scorecard for everybody who is measured by them; for administrators also what runs and what is stuck.</summary>
[Authorize(Policy = ConsolePolicy.ReadSettings)]
internal sealed class SettingsModel(
    ConsoleContext context, ScorecardRules rules, IInboxStore inbox, IOutgoingStore outgoing, IJobStore jobs, IAuditStore audit, IEnumerable<ConsoleJob> known) : ConsolePage(context)
{
    private const int MostParked = 50;
    private const int AuditTail = 100;

    public ScorecardRules Rules => rules;

    public bool MayOperate => Viewer.May(ConsolePolicy.Operate);

    public InboxCounts? Inbox { get; private set; }

    public int Outgoing { get; private set; }

    public IReadOnlyList<ParkedItem> Parked { get; private set; } = [];

    public IReadOnlyList<(ConsoleJob Job, DateTimeOffset? Last)> Jobs { get; private set; } = [];

    public IReadOnlyList<AuditRecord> Audit { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (!MayOperate)
        {
            return;
        }

        Inbox = await inbox.CountAsync(cancellationToken);
        Outgoing = await outgoing.CountPlannedAsync(cancellationToken);
        Parked = await inbox.ParkedAsync(MostParked, cancellationToken);
        var periods = new List<(ConsoleJob, DateTimeOffset?)>();
        foreach (var job in known)
        {
            periods.Add((job, await jobs.LastPeriodAsync(job.Name, cancellationToken)));
        }

        Jobs = periods;
        Audit = await audit.LatestAsync(AuditTail, cancellationToken);
    }
}

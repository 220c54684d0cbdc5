using WeComOps.Primitives;

namespace WeComOps.Healing;

/// <summary>
/// Asks for a run. One that is under way does not serve: it may have passed what was missed meanwhile. Requests that wait are
/// served together, by one run.
/// </summary>
public sealed class HealRequests(IChangeStore changes, TimeProvider clock)
{
    public Task AskAsync(HealReason reason, string by, CancellationToken cancellationToken)
    {
        var asked = new Changes();
        var now = clock.GetNow();
        asked.HealRequests.Add(new HealRequest(now, reason, by));
        if (reason == HealReason.Asked)
        {
            asked.Audit.Add(new AuditEntry(now, by, "heal", "lists", Detail: null));
        }

        return changes.CommitAsync(asked, cancellationToken);
    }
}

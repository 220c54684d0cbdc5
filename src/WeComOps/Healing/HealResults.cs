using WeComOps.Instructions;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Healing;

/// <summary>
/// Moments and posts whose window closed in the last days, once more: what was confirmed between the last poll and the cancel,
/// or while nobody polled, is recorded now, dated by this first look that saw it. Comments and likes that were due meanwhile are
/// read by their own schedule, late but once.
/// </summary>
internal sealed class HealResults(IInstructionStore instructions, IPushStore pushes, PollPushes polls, TimeProvider clock)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(3);

    public async Task<PageResult> ReadAsync(HealRun run, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var page = new Page(run, now);
        if (!run.IsFirstLook)
        {
            foreach (var instruction in (await instructions.ListAsync(cancellationToken)).Where(instruction => instruction.Deadline > now - Back && instruction.Deadline <= now))
            {
                foreach (var slice in (await pushes.OfInstructionAsync(instruction.Id, cancellationToken)).Where(slice => slice is { State: SliceState.Closed, PushId: not null }))
                {
                    await polls.RereadAsync(slice, page.Changes, cancellationToken);
                }
            }

            foreach (var fact in page.Changes.Facts.Where(fact => fact.Kind is Ledger.FactKind.MomentPublished or Ledger.FactKind.GroupPostSent).ToArray())
            {
                page.Published(fact);
            }
        }

        return page.GoOn(run.Turn(string.Empty, page.Counts).Finish(now));
    }
}

using WeComOps.Primitives;

namespace WeComOps.Inbox;

/// <summary>A person puts a parked message back to waiting, with all its attempts before it: after its cause is gone.</summary>
public sealed class ReplayParked(IChangeStore changes, TimeProvider clock)
{
    /// <summary>Null when done; else why not, in the words of the screen.</summary>
    /// <param name="who">Who asked for it: kept in the audit trail.</param>
    public async Task<string?> ReplayAsync(string messageId, string handler, string who, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var replayed = new Changes();
        replayed.Replays.Add(new InboxReplay(messageId, handler, now));
        replayed.Audit.Add(new AuditEntry(now, who, "replay-message", messageId, handler));
        try
        {
            await changes.CommitAsync(replayed, cancellationToken);
            return null;
        }
        catch (ConflictException)
        {
            return "这条消息已经不在搁置中，可能已有同事重新处理。";
        }
    }
}

using WeComOps.Inbox;
using WeComOps.Storage.Spill;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Stores;

namespace WeComOps.Host.Tests.Intake;

/// <summary>The real store behind a switch, for callbacks only.</summary>
internal sealed class StoppableStore(SqlEngine engine) : IMessageLog
{
    private readonly SqlIntake _store = new(engine);

    public volatile bool IsStopped;

    /// <summary>It commits, and its answer gets lost.</summary>
    public volatile bool LosesAnswers;

    public async Task StoreAsync(IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellationToken)
    {
        if (IsStopped)
        {
            throw new IOException("The store is stopped.");
        }

        await _store.StoreAsync(messages, cancellationToken);
        if (LosesAnswers)
        {
            throw new IOException("The connection broke.");
        }
    }
}

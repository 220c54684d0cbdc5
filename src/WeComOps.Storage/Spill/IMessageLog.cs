using WeComOps.Inbox;

namespace WeComOps.Storage.Spill;

/// <summary>Where batches of messages become durable. A seam, since no test can take a real disk away.</summary>
internal interface IMessageLog
{
    /// <summary>Returns once all messages are durable; one with a known id changes nothing.</summary>
    /// <exception cref="IOException">The store does not take anything now.</exception>
    /// <exception cref="InvalidDataException">The store works, but one of these messages is refused for what it says.</exception>
    Task StoreAsync(IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellationToken);
}

namespace WeComOps.Inbox;

/// <summary>One decrypted callback, kept raw: the source that facts name.</summary>
/// <param name="Id">Lower-case hex SHA-256 of the decrypted message (without the random prefix): the unique key.</param>
/// <param name="ReceivedAt">UTC, milliseconds.</param>
/// <param name="Body">The decrypted inner XML.</param>
public sealed record ReceivedMessage(string Id, DateTimeOffset ReceivedAt, string Body);

/// <summary>Where the callback endpoint puts what it received.</summary>
public interface IIntake
{
    /// <summary>
    /// Returns once the message is durable. A message with a known id is a success and changes nothing.
    /// </summary>
    /// <exception cref="IOException">Nothing durable could be written: the caller must not answer.</exception>
    Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken);
}

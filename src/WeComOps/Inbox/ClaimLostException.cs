namespace WeComOps.Inbox;

/// <summary>
/// The claim under which a message was handled is no longer the item's: its lease ran out and another node took it over.
/// Nothing of what the handler decided was written.
/// </summary>
public sealed class ClaimLostException : Exception
{
    public ClaimLostException()
        : base("Another node has taken this message over; nothing was written.")
    {
    }

    public ClaimLostException(string message)
        : base(message)
    {
    }

    public ClaimLostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

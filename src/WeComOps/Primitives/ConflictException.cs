namespace WeComOps.Primitives;

/// <summary>
/// What a decision was made on has changed meanwhile: nothing of it was written. Whoever decides reads again and decides anew,
/// or says that another was first.
/// </summary>
public sealed class ConflictException : Exception
{
    public ConflictException()
        : base("Somebody else was first; nothing was written.")
    {
    }

    public ConflictException(string message)
        : base(message)
    {
    }

    public ConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

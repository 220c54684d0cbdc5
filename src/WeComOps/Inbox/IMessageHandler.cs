using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Inbox;

/// <summary>What a module does with a callback: decides changes; the dispatcher commits them with the mark.</summary>
public interface IMessageHandler
{
    /// <summary>Stable name, stored with the item.</summary>
    string Name { get; }

    /// <summary>Handling a message again must lead to the same facts.</summary>
    Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken);
}

/// <summary>How handling ended.</summary>
public abstract record Handled
{
    private Handled()
    {
    }

    public sealed record Done(Changes Changes) : Handled;

    /// <summary>Something this needs is not available now; try again with back-off.</summary>
    public sealed record Later(string Reason) : Handled;

    public static Handled Nothing => new Done(new Changes());
}

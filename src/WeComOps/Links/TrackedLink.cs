using WeComOps.Ledger;

namespace WeComOps.Links;

/// <summary>A link that identifies content, product and (where the push is per advisor) the advisor.</summary>
/// <param name="Token">At least 96 random bits; never logged whole.</param>
/// <param name="Destination">Fixed https address on an allowed host.</param>
/// <param name="Advisor">Null where one text is shared by many advisors.</param>
public sealed record TrackedLink(
    string Token, string Destination, ContentRef Content, string? Advisor, string? Branch, string Product, string ProductLine, DateTimeOffset CreatedAt);

/// <param name="Class">human, bot, repeat or staff: see <see cref="FactClass"/>.</param>
/// <param name="Visitor">Keyed hash of address and user agent: tells repeats apart, identifies nobody.</param>
public sealed record Click(string Id, string Token, DateTimeOffset At, string Class, string Visitor, string Method, string UserAgent);

public interface ILinkStore
{
    Task<TrackedLink?> FindAsync(string token, CancellationToken cancellationToken);

    Task<Click?> FindClickAsync(string id, CancellationToken cancellationToken);

    /// <summary>The same visitor opened the same link within the hour before.</summary>
    Task<bool> HasClickSinceAsync(string token, string visitor, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The key that hides who clicked on this day, the same for all nodes; made when it is first asked for. Keys from before the day before are forgotten.</summary>
    Task<byte[]> VisitorKeyAsync(DateOnly day, CancellationToken cancellationToken);

    Task<IReadOnlyList<LinkUse>> ListAsync(int limit, CancellationToken cancellationToken);
}

public sealed record LinkUse(TrackedLink Link, int HumanClicks, int OtherClicks);

using WeComOps.Primitives;

namespace WeComOps.Ledger;

/// <summary>Reads facts, always in the order (day, id). Facts are written through <see cref="Primitives.IChangeStore"/> only.</summary>
public interface ILedger
{
    /// <summary>
    /// Facts whose day is in the closed range, and corrections of facts in it whose own day is later
    /// (cancelled sales), streamed in the order (day, id).
    /// </summary>
    IAsyncEnumerable<Fact> ReadAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken);

    Task<Fact?> FindAsync(FactRef reference, CancellationToken cancellationToken);

    Task<IReadOnlyList<Fact>> FindAsync(IReadOnlyCollection<FactRef> references, CancellationToken cancellationToken);

    /// <summary>Latest facts, newest first, for the console's lists.</summary>
    Task<IReadOnlyList<Fact>> LatestAsync(FactKind? kind, int limit, CancellationToken cancellationToken);

    /// <summary>Sum of quantities of the day's <c>requests_sent</c> facts and their number; null when there is none.</summary>
    Task<(long Sum, int Count)?> RequestsKnownAsync(string advisor, DateOnly day, CancellationToken cancellationToken);

    /// <summary>The raw source behind facts.</summary>
    Task<RawSource?> FindSourceAsync(string id, CancellationToken cancellationToken);
}

/// <summary>What was received, as it was received.</summary>
/// <param name="Id">Named by <see cref="Fact.Source"/>.</param>
/// <param name="Kind">callback, pull, sale, click, console, import.</param>
/// <param name="Body">XML or JSON.</param>
public sealed record RawSource(string Id, string Kind, DateTimeOffset ReceivedAt, string Body);

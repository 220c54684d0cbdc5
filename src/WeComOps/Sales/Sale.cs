using WeComOps.Ledger;

namespace WeComOps.Sales;

public enum SaleKind
{
    Sale,
    Cancel,
    Return,
}

/// <summary>
/// A line of an order as the bank's order system reports it; idempotent by (source, orderId, line, revision).
/// </summary>
/// <param name="Amount">In <paramref name="Currency"/>, at most two decimals.</param>
/// <param name="Click">Click id that the redirect added as <c>wc</c>.</param>
public sealed record Sale(
    string Source, string OrderId, int Line, int Revision, SaleKind Kind, string Product, string ProductLine, decimal Amount, string Currency,
    DateTimeOffset OccurredAt, string Channel, bool FaceToFace, string? Click, string? UnionId, string? ExternalUserId)
{
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Source}/{OrderId}/{Line}/{Revision}");

    public string OrderLine => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Source}/{OrderId}/{Line}");
}

/// <summary>A sale as stored, with what it was credited to.</summary>
/// <param name="Fact">The sale_made fact of the line; a cancellation corrects it.</param>
public sealed record RecordedSale(Sale Sale, FactRef Fact, DateTimeOffset RecordedAt, string? CreditedLink, string? Advisor, string? Template)
{
    /// <summary>Which report of its order line it is, from 1: two that are taken at once cannot both be the same.</summary>
    public int Ordinal { get; init; } = 1;
}

public interface ISaleStore
{
    Task<RecordedSale?> FindAsync(string source, string orderId, int line, int revision, CancellationToken cancellationToken);

    /// <summary>The sale (kind <c>sale</c>) of the order line with the highest revision.</summary>
    Task<RecordedSale?> FindSaleAsync(string source, string orderId, int line, CancellationToken cancellationToken);

    /// <summary>A cancellation or return came after this revision of the sale.</summary>
    Task<bool> IsCancelledAsync(string source, string orderId, int line, int revision, CancellationToken cancellationToken);

    /// <summary>How many reports of the order line are known.</summary>
    Task<int> CountAsync(string source, string orderId, int line, CancellationToken cancellationToken);

    Task<IReadOnlyList<RecordedSale>> LatestAsync(int limit, CancellationToken cancellationToken);
}

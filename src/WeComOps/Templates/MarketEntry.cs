namespace WeComOps.Templates;

/// <summary>What an editor entered about the market. Entries are only added: a correction is a new one that names the one it takes the place of.</summary>
/// <param name="Id">Natural key: the name and a digest of everything else.</param>
/// <param name="Value">Null: the entry that it corrects is withdrawn, and nothing takes its place.</param>
/// <param name="At">When the figure was published.</param>
/// <param name="EnteredBy">Id of the person.</param>
/// <param name="Corrects">Entry that counts no more; null: none.</param>
public sealed record MarketEntry(
    string Id, string Name, string? Value, string? Unit, string Source, DateTimeOffset At, string EnteredBy, DateTimeOffset EnteredAt, string? Corrects)
{
    /// <summary>Null for a withdrawal.</summary>
    public MarketFact? Fact => Value is null ? null : new MarketFact(Name, Value, Source, At, Unit);
}

public interface IMarketStore
{
    Task<MarketEntry?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// For each name the entry that counts at the instant, by what was known then: the one published last, of those the one entered
    /// last. By name.
    /// </summary>
    Task<IReadOnlyList<MarketEntry>> CurrentAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Everything entered under a name, corrections and withdrawals too; entered last first.</summary>
    Task<IReadOnlyList<MarketEntry>> HistoryAsync(string name, int limit, CancellationToken cancellationToken);
}

public static class MarketStoreReading
{
    /// <summary>More entries of one name are not looked through; a figure that is still quoted is among the latest.</summary>
    private const int MostHistory = 500;

    /// <summary>Names of the quoted figures that were corrected or withdrawn since. A newer figure makes an older one no less true.</summary>
    public static async Task<IReadOnlyList<string>> ReplacedAsync(this IMarketStore market, IReadOnlyList<MarketFact> quoted, CancellationToken cancellationToken)
    {
        var replaced = new List<string>();
        foreach (var figure in quoted)
        {
            var history = await market.HistoryAsync(figure.Name, MostHistory, cancellationToken);
            var corrected = history.Select(entry => entry.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var same = history.Where(entry => entry.Fact == figure).ToArray();
            if (same.Length > 0 && same.All(entry => corrected.Contains(entry.Id)))
            {
                replaced.Add(figure.Name);
            }
        }

        return replaced;
    }

    /// <summary>The figures that count at the instant.</summary>
    public static async Task<MarketFacts> FactsAsync(this IMarketStore market, DateTimeOffset at, CancellationToken cancellationToken) =>
        new((await market.CurrentAsync(at, cancellationToken)).Select(entry => entry.Fact).OfType<MarketFact>());
}

using Microsoft.Extensions.Options;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Sales;

/// <summary>How a reported sale was taken.</summary>
public abstract record SaleOutcome
{
    private SaleOutcome()
    {
    }

    /// <param name="Duplicate">The same revision was already recorded: nothing changed.</param>
    public sealed record Recorded(bool Duplicate) : SaleOutcome;

    /// <summary>A cancellation whose sale has not come yet: send it again later.</summary>
    public sealed record TooEarly(string Reason) : SaleOutcome;

    public sealed record Refused(string Reason) : SaleOutcome;
}

/// <summary>
/// Takes a sale of the bank's order system and credits it: the click it carries, if a person made it within the window,
/// names link, content and product; the advisor is the link's, else the one the customer follows who published it.
/// </summary>
public sealed class RecordSale(
    ISaleStore sales, ILinkStore links, ClickLog clicks, ILedger ledger, ICustomerStore customers, IDirectoryStore directory, IPushStore pushes, IChangeStore changes,
    IOptions<LinksOptions> options, TimeProvider clock)
{
    /// <summary>How often a report is taken anew when another of the same order line was first.</summary>
    private const int Decisions = 5;
    private const decimal LargestAmount = 1_000_000_000_000m;

    public async Task<SaleOutcome> RecordAsync(Sale sale, string raw, CancellationToken cancellationToken)
    {
        if (Check(sale) is { } reason)
        {
            return new SaleOutcome.Refused(reason);
        }

        for (var decision = 1; ; decision++)
        {
            try
            {
                return await DecideAsync(sale, raw, cancellationToken);
            }
            catch (ConflictException) when (decision < Decisions)
            {
                // Two reports of one order line came at once: this one looks again at what the line has become.
            }
        }
    }

    private async Task<SaleOutcome> DecideAsync(Sale sale, string raw, CancellationToken cancellationToken)
    {
        // Counted before anything else is read: whatever is recorded of the line from here on is a conflict.
        var ordinal = 1 + await sales.CountAsync(sale.Source, sale.OrderId, sale.Line, cancellationToken);
        if (await sales.FindAsync(sale.Source, sale.OrderId, sale.Line, sale.Revision, cancellationToken) is { } known)
        {
            return known.Sale == sale with { OccurredAt = known.Sale.OccurredAt }
                ? new SaleOutcome.Recorded(Duplicate: true)
                : new SaleOutcome.Refused($"Revision {sale.Revision} of {sale.OrderLine} was already reported with other values. Send a change as a new revision.");
        }

        // A sale may be faster than the log of the click that brought it.
        await clicks.WriteAsync(cancellationToken);
        return sale.Kind == SaleKind.Sale
            ? await RecordSaleAsync(sale, ordinal, raw, cancellationToken)
            : await RecordCancellationAsync(sale, ordinal, raw, cancellationToken);
    }

    private static string? Check(Sale sale) => sale switch
    {
        { Source: "" } or { OrderId: "" } or { Product: "" } or { ProductLine: "" } => "source, orderId, product and productLine must not be empty.",
        { Line: < 1 } or { Revision: < 1 } => "line and revision count from 1.",
        { Amount: > LargestAmount } => "amount is larger than any sale of a bank; check its unit.",
        { Amount: < 0 } => "amount must not be negative; a cancellation is its own kind.",
        _ when decimal.Round(sale.Amount, 2) != sale.Amount => "amount has more than two decimals.",
        { Currency.Length: not 3 } => "currency must be an ISO 4217 code such as CNY.",
        _ => null,
    };

    private async Task<SaleOutcome> RecordSaleAsync(Sale sale, int ordinal, string raw, CancellationToken cancellationToken)
    {
        var link = sale.FaceToFace ? null : await CreditAsync(sale, cancellationToken);
        var customer = sale.ExternalUserId ?? (sale.UnionId is { } unionId ? await customers.FindByUnionIdAsync(unionId, cancellationToken) : null);
        var advisor = link is null ? null : link.Advisor ?? await PublisherAsync(link, customer, sale.OccurredAt, cancellationToken);
        var fact = Fact(sale, FactKind.SaleMade, "sale_made:" + sale.Key) with
        {
            Advisor = advisor,
            Branch = advisor is null ? null : (await directory.FindMemberAsync(advisor, cancellationToken))?.BranchId,
            Customer = customer,
            Tier = customer is null ? null : await customers.TierAsync(customer, cancellationToken),
            Content = link?.Content,
            Link = link?.Token,
            Cause = link is null ? null : await ClickRefAsync(sale.Click!, cancellationToken),
        };
        // A new revision of a sale takes the place of the one before: an order line is one sale at most.
        var superseded = await sales.FindSaleAsync(sale.Source, sale.OrderId, sale.Line, cancellationToken) is { } former
            && !await sales.IsCancelledAsync(sale.Source, sale.OrderId, sale.Line, former.Sale.Revision, cancellationToken)
                ? await TakeBackAsync(sale, former, "sale_superseded:" + sale.Key, cancellationToken)
                : null;
        await SaveAsync(sale, ordinal, fact, superseded, raw, cancellationToken);
        return new SaleOutcome.Recorded(Duplicate: false);
    }

    private async Task<SaleOutcome> RecordCancellationAsync(Sale sale, int ordinal, string raw, CancellationToken cancellationToken)
    {
        if (await sales.FindSaleAsync(sale.Source, sale.OrderId, sale.Line, cancellationToken) is not { } original)
        {
            return new SaleOutcome.TooEarly($"The sale {sale.OrderLine} is not known yet. Nothing was recorded; send it again after the sale.");
        }

        // A return after a cancellation takes nothing back a second time; it is kept with its raw source.
        var fact = await sales.IsCancelledAsync(sale.Source, sale.OrderId, sale.Line, original.Sale.Revision, cancellationToken)
            ? null
            : await TakeBackAsync(sale, original, "sale_cancelled:" + sale.Key, cancellationToken);
        await SaveAsync(sale, ordinal, fact, extra: null, raw, cancellationToken);
        return new SaleOutcome.Recorded(Duplicate: false);
    }

    /// <summary>The negative of a sale: same advisor, branch and content as the sale itself, whatever has changed since.</summary>
    private async Task<Fact> TakeBackAsync(Sale sale, RecordedSale original, string id, CancellationToken cancellationToken)
    {
        var made = await ledger.FindAsync(original.Fact, cancellationToken) ?? throw new InvalidOperationException($"The fact of sale {original.Sale.Key} is missing.");
        return Fact(sale, FactKind.SaleCancelled, id) with
        {
            Class = made.Class,
            Advisor = made.Advisor,
            Branch = made.Branch,
            Customer = made.Customer,
            Tier = made.Tier,
            Content = made.Content,
            Link = made.Link,
            Amount = original.Sale.Amount,
            Corrects = original.Fact,
            // It counts in the sale's week, however late it comes, so it lies on the sale's day.
            Day = original.Fact.Day,
        };
    }

    private async Task<TrackedLink?> CreditAsync(Sale sale, CancellationToken cancellationToken)
    {
        if (sale.Click is not { Length: > 0 } clickId || await links.FindClickAsync(clickId, cancellationToken) is not { } click)
        {
            return null;
        }

        var age = sale.OccurredAt - click.At;
        return click.Class is FactClass.Human or FactClass.Repeat && age >= TimeSpan.Zero && age <= TimeSpan.FromDays(options.Value.AttributionWindowDays)
            ? await links.FindAsync(click.Token, cancellationToken)
            : null;
    }

    /// <summary>Of the advisors the customer follows, the one who last published this content before the sale.</summary>
    private async Task<string?> PublisherAsync(TrackedLink link, string? customer, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (customer is null)
        {
            return null;
        }

        Fact? latest = null;
        foreach (var friendship in await customers.FriendshipsOfAsync(customer, cancellationToken))
        {
            foreach (var exposure in await pushes.ExposuresAsync(friendship.Advisor, at - TimeSpan.FromDays(options.Value.AttributionWindowDays), at, cancellationToken))
            {
                if (exposure.Link == link.Token && (latest is null || exposure.OccurredAt >= latest.OccurredAt))
                {
                    latest = exposure;
                }
            }
        }

        return latest?.Advisor;
    }

    private async Task<FactRef?> ClickRefAsync(string clickId, CancellationToken cancellationToken) =>
        await links.FindClickAsync(clickId, cancellationToken) is { } click ? new FactRef(ShanghaiTime.DayOf(click.At), "link_clicked:" + click.Id) : null;

    private Fact Fact(Sale sale, FactKind kind, string id) => new()
    {
        Id = id,
        Day = ShanghaiTime.DayOf(sale.OccurredAt),
        Kind = kind,
        OccurredAt = sale.OccurredAt.ToUniversalTime(),
        Product = sale.Product,
        Click = sale.Click,
        Class = sale.FaceToFace ? FactClass.FaceToFace : FactClass.Online,
        Amount = sale.Amount,
        Currency = sale.Currency,
        Source = "sale:" + sale.Key,
        RecordedAt = clock.GetNow(),
    };

    private Task SaveAsync(Sale sale, int ordinal, Fact? fact, Fact? extra, string raw, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var recorded = new Changes();
        recorded.Sources.Add(new RawSource("sale:" + sale.Key, "sale", now, raw));
        recorded.Facts.AddRange(new[] { fact, extra }.OfType<Fact>());
        recorded.Sales.Add(new RecordedSale(
            sale, fact?.Ref ?? new FactRef(ShanghaiTime.DayOf(sale.OccurredAt), "sale_ignored:" + sale.Key), now, fact?.Link, fact?.Advisor, fact?.Content?.Template)
        { Ordinal = ordinal });
        return changes.CommitAsync(recorded, cancellationToken);
    }
}

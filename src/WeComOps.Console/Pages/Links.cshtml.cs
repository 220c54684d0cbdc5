using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Console.Security;
using WeComOps.Links;
using WeComOps.Sales;

namespace WeComOps.Console.Pages;

/// <summary>Tracked links with their clicks, and the sales they were credited with.</summary>
[Authorize(Policy = ConsolePolicy.ReadSales)]
internal sealed class LinksModel(ConsoleContext context, ILinkStore links, ISaleStore sales) : ConsolePage(context)
{
    private const int Most = 200;

    [BindProperty(SupportsGet = true, Name = "format")]
    public string? Format { get; set; }

    public IReadOnlyList<LinkUse> Links { get; private set; } = [];

    public IReadOnlyList<RecordedSale> Sales { get; private set; } = [];

    public decimal Net => Sales.Where(sale => sale.CreditedLink is not null).Sum(sale => Sign(sale) * sale.Sale.Amount);

    public int NetCount => Sales.Where(sale => sale.CreditedLink is not null).Sum(Sign);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Sales = [.. (await sales.LatestAsync(Most, cancellationToken)).Where(IsShown)];
        if (Format == "csv")
        {
            return Csv.File(
                "sales.csv", ["occurredAt", "kind", "product", "productLine", "amount", "currency", "channel", "advisor", "template", "source", "orderId", "line", "revision"],
                Sales.Select(sale => (IEnumerable<object?>)
                [
                    sale.Sale.OccurredAt, sale.Sale.Kind, sale.Sale.Product, sale.Sale.ProductLine, Sign(sale) * sale.Sale.Amount, sale.Sale.Currency, sale.Sale.Channel,
                    sale.Advisor is null ? null : Names.Advisor(sale.Advisor), sale.Template, sale.Sale.Source, sale.Sale.OrderId, sale.Sale.Line, sale.Sale.Revision,
                ]));
        }

        // A link that many advisors share belongs to no branch: who sees one branch sees the links of its advisors.
        Links = [.. (await links.ListAsync(Most, cancellationToken)).Where(use => Branch is null || use.Link.Branch == Branch)];
        return Page();
    }

    public static int Sign(RecordedSale sale) => sale.Sale.Kind == SaleKind.Sale ? 1 : -1;

    private bool IsShown(RecordedSale sale) => Branch is null || (sale.Advisor is not null && Names.BranchOf(sale.Advisor) == Branch);
}

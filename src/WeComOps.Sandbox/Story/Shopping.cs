using System.Globalization;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;
using WeComOps.Sandbox.Wire;

namespace WeComOps.Sandbox.Story;

/// <summary>Customers open links and buy; the shop reports its orders, sometimes twice, and cancels some.</summary>
internal sealed class Shopping(World world, Outside outside)
{
    private static readonly TimeSpan RepeatWindow = TimeSpan.FromHours(1);
    private static readonly string[] CounterLines = ["fund", "deposit", "gold", "insurance", "wealth"];
    private readonly Dictionary<(int Customer, string Url), DateTimeOffset> _lastClicks = [];
    private readonly HashSet<string> _orders = new(StringComparer.Ordinal);

    /// <summary>A customer opens a link; later they may buy what it led to.</summary>
    /// <param name="buys">Chance of a purchase, 0 to 1.</param>
    public void Follow(string url, Customer customer, string cause, double buys, long tie, DateTimeOffset at)
    {
        var click = Open(url, customer, cause, at, twice: world.Dice.Chance(0.1, "click-twice", customer.Index, tie));
        // Who came back within the hour has decided already.
        if (!click.Human || !world.Dice.Chance(buys, "buy", customer.Index, tie)) return;
        var draw = world.Dice.Unit("buy-delay", customer.Index, tie);
        var due = Reactions.Waking(at, 10 + draw * draw * draw * 30 * 60, world.Dice.Below(150, "buy-jitter", customer.Index, tie));
        world.Agenda.Plan(due, Act.Sold, 0, customer.Index, (ulong)tie, tick => Buy(click, customer, tie, tick));
    }

    /// <summary>A scanner or a preview opens a link; it is nobody.</summary>
    public void Scan(string url, string cause, int advisor, long tie, DateTimeOffset at)
    {
        var head = world.Dice.Chance(0.4, "scan-head", advisor, tie);
        world.Journal.Clicks.Add(new Click(url, null, cause, at, human: false));
        world.Journal.Note(at, "link_scanned", reference: cause, text: head ? "HEAD" : "bot");
        world.Outgoing.Add(new Delivery($"scan/{advisor}/{cause}", cancellationToken => outside.ScanAsync(url, head, cancellationToken)));
    }

    public Click Open(string url, Customer customer, string cause, DateTimeOffset at, bool twice)
    {
        var key = (customer.Index, url);
        var repeat = _lastClicks.TryGetValue(key, out var last) && at - last < RepeatWindow;
        if (!repeat) _lastClicks[key] = at;
        var click = new Click(url, customer, cause, at, human: !repeat);
        world.Journal.Clicks.Add(click);
        world.Journal.Note(at, "link_clicked", null, customer.ExternalUserId, cause, repeat ? "repeat" : null);
        if (twice)
        {
            world.Journal.Clicks.Add(new Click(url, customer, cause, at, human: false));
            world.Journal.Note(at, "link_clicked", null, customer.ExternalUserId, cause, "repeat");
        }

        world.Outgoing.Add(new Delivery($"click/{customer.Index}", async cancellationToken =>
        {
            var (id, path) = await outside.OpenAsync(url, customer, cancellationToken);
            lock (world.Gate) (click.ClickId, click.DestinationPath) = (id, path);
            if (twice) await outside.OpenAsync(url, customer, cancellationToken);
        }));
        return click;
    }

    /// <summary>Buys what a click led to; without a product page (/p/line/product) there is nothing to buy.</summary>
    public Sale? Buy(Click click, Customer customer, long tie, DateTimeOffset at)
    {
        if (click.ClickId is null || click.DestinationPath?.Split('/') is not ["", "p", { Length: > 0 } line, { Length: > 0 } product, ..]) return null;
        return Sell(customer, click, Uri.UnescapeDataString(product), Uri.UnescapeDataString(line), false, tie, at);
    }

    /// <summary>A sale that no link led to, over the counter or in the bank's own app.</summary>
    public void SellAtCounter(Customer customer, bool faceToFace, long tie, DateTimeOffset at)
    {
        var line = world.Dice.Pick(CounterLines, "counter-line", customer.Index, tie);
        Sell(customer, null, $"{line}-100", line, faceToFace, tie, at);
    }

    private Sale Sell(Customer customer, Click? click, string product, string line, bool faceToFace, long tie, DateTimeOffset at)
    {
        var order = OrderId(customer, tie, at);
        var amount = Amount(line, world.Dice.Unit("amount", customer.Index, tie));
        var sale = new Sale(order, customer, click, product, line, amount, at, faceToFace);
        world.Journal.Sales.Add(sale);
        world.Journal.Note(at, "sale_made", null, customer.ExternalUserId, order, faceToFace ? "counter" : click is null ? "mobile" : "link", amount);
        Report(sale, cancel: false, copies: world.Dice.Chance(0.05, "sale-twice", customer.Index, tie) ? 2 : 1);
        if (!faceToFace && world.Dice.Chance(0.06, "cancel", customer.Index, tie))
        {
            var day = ShanghaiTime.Day(at).AddDays(1 + world.Dice.Below(5, "cancel-day", customer.Index, tie));
            var due = ShanghaiTime.TickAtOrBefore(ShanghaiTime.At(day, 10 * 60 + world.Dice.Below(8 * 60, "cancel-minute", customer.Index, tie)));
            world.Agenda.Plan(due, Act.Sold, 1, customer.Index, (ulong)tie, tick => Cancel(sale, tick));
        }

        return sale;
    }

    private void Cancel(Sale sale, DateTimeOffset at)
    {
        sale.CancelledAt = at;
        world.Journal.Note(at, "sale_cancelled", null, sale.Customer.ExternalUserId, sale.OrderId, number: sale.Amount);
        Report(sale, cancel: true, copies: 1);
    }

    private void Report(Sale sale, bool cancel, int copies)
    {
        var body = Outside.SaleBody(sale, cancel);
        var id = $"msg_{sale.OrderId}_{(cancel ? 2 : 1)}";
        world.Outgoing.Add(new Delivery($"order/{sale.OrderId}", async cancellationToken =>
        {
            for (var copy = 1; copy <= copies; copy++)
            {
                if (await outside.ReportAsync(id, body, cancellationToken)) continue;
                lock (world.Gate) world.Journal.Note(world.Clock.GetUtcNow(), "sale_lost", reference: sale.OrderId);
            }
        }));
    }

    private string OrderId(Customer customer, long tie, DateTimeOffset at)
    {
        var day = ShanghaiTime.Local(at).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        for (var again = 0L; ; again++)
        {
            var number = world.Dice.Below(100_000_000, "order", customer.Index, tie, again);
            var id = string.Create(CultureInfo.InvariantCulture, $"SO{day}{number:00000000}");
            if (_orders.Add(id)) return id;
        }
    }

    private static decimal Amount(string line, double draw)
    {
        var (from, to, step) = line switch
        {
            "deposit" => (200_000, 500_000, 10_000),
            "insurance" => (5_000, 50_000, 1_000),
            "wealth" => (10_000, 200_000, 10_000),
            "fund" => (1_000, 50_000, 1_000),
            _ => (1_000, 20_000, 500),
        };
        return from + (int)(draw * draw * ((to - from) / step)) * (decimal)step;
    }
}

using System.Text.Json;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Books;

/// <summary>Links of a week: human clicks by their day, online sales by the day of the sale, cancellations by the day of the cancellation.</summary>
internal sealed class LinkBooks(Journal journal, SortedDictionary<string, decimal> totals)
{
    public void Write(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span)
    {
        foreach (var name in (string[])["clicks", "onlineSales", "cancelledSales", "netSales", "netAmount"]) BookKeeper.Count(totals, name, 0);
        var lines = Lines(span);
        writer.WriteStartArray("links");
        foreach (var (url, days) in lines)
        {
            writer.WriteStartObject();
            writer.WriteString("url", url);
            Figures(writer, days.Values.Aggregate(new Line(0, 0, 0, 0), static (sum, day) => sum.Plus(day)));
            writer.WriteStartArray("days");
            foreach (var (day, line) in days)
            {
                writer.WriteStartObject();
                writer.WriteString("date", ShanghaiTime.Iso(day));
                Figures(writer, line);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("sales");
        foreach (var sale in journal.Sales.Where(sale => BookKeeper.In(span, sale.At))) Sold(writer, sale);
        writer.WriteEndArray();
    }

    private SortedDictionary<string, SortedDictionary<DateOnly, Line>> Lines((DateTimeOffset From, DateTimeOffset To) span)
    {
        SortedDictionary<string, SortedDictionary<DateOnly, Line>> lines = new(StringComparer.Ordinal);
        void Add(string url, DateTimeOffset at, Line line)
        {
            if (!BookKeeper.In(span, at)) return;
            if (!lines.TryGetValue(url, out var days)) lines.Add(url, days = []);
            var day = ShanghaiTime.Day(at);
            days[day] = days.TryGetValue(day, out var before) ? before.Plus(line) : line;
            BookKeeper.Count(totals, "clicks", line.Clicks);
            BookKeeper.Count(totals, "onlineSales", line.Sales);
            BookKeeper.Count(totals, "cancelledSales", line.Cancelled);
            BookKeeper.Count(totals, "netSales", line.Sales - line.Cancelled);
            BookKeeper.Count(totals, "netAmount", line.Amount);
        }

        foreach (var click in journal.Clicks.Where(click => click.Human)) Add(click.Url, click.At, new Line(1, 0, 0, 0));
        foreach (var sale in journal.Sales.Where(sale => sale is { FaceToFace: false, Click: not null }))
        {
            Add(sale.Click!.Url, sale.At, new Line(0, 1, 0, sale.Amount));
            if (sale.CancelledAt is { } cancelled) Add(sale.Click.Url, cancelled, new Line(0, 0, 1, -sale.Amount));
        }

        return lines;
    }

    private static void Figures(Utf8JsonWriter writer, Line line)
    {
        writer.WriteNumber("clicks", line.Clicks);
        writer.WriteNumber("sales", line.Sales);
        writer.WriteNumber("cancelled", line.Cancelled);
        writer.WriteNumber("netSales", line.Sales - line.Cancelled);
        writer.WriteNumber("netAmount", line.Amount);
    }

    private static void Sold(Utf8JsonWriter writer, Sale sale)
    {
        writer.WriteStartObject();
        writer.WriteString("orderId", sale.OrderId);
        writer.WriteString("at", ShanghaiTime.Iso(sale.At));
        writer.WriteString("externalUserId", sale.Customer.ExternalUserId);
        writer.WriteString("product", sale.Product);
        writer.WriteString("productLine", sale.ProductLine);
        writer.WriteNumber("amount", sale.Amount);
        writer.WriteBoolean("faceToFace", sale.FaceToFace);
        writer.WriteString("url", sale.Click?.Url);
        writer.WriteString("click", sale.Click?.ClickId);
        writer.WriteString("cause", sale.Click?.Cause);
        writer.WriteString("cancelledAt", sale.CancelledAt is { } at ? ShanghaiTime.Iso(at) : null);
        writer.WriteEndObject();
    }

    private sealed record Line(int Clicks, int Sales, int Cancelled, decimal Amount)
    {
        public Line Plus(Line other) => new(Clicks + other.Clicks, Sales + other.Sales, Cancelled + other.Cancelled, Amount + other.Amount);
    }
}

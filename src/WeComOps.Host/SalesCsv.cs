using System.Globalization;
using System.Text.Json;
using CsvHelper;
using WeComOps.Host.Web;
using WeComOps.Sales;

namespace WeComOps.Host;

/// <summary>Sales as CSV: columns of the names of the JSON body.</summary>
internal static class SalesCsv
{
    private static readonly string[] Needed =
        ["source", "orderId", "line", "revision", "kind", "product", "productLine", "amount", "currency", "occurredAt", "channel", "faceToFace"];

    /// <summary>Each row as a sale, or null with its fault; and the row as JSON, its raw source.</summary>
    /// <exception cref="FormatException">A column is missing.</exception>
    public static IEnumerable<(Sale? Sale, string Raw, string? Fault)> Read(CsvReader csv)
    {
        csv.ReadHeader();
        var missing = Needed.Where(name => !csv.TryGetFieldIndex(name, out _)).ToArray();
        if (missing.Length > 0)
        {
            throw new FormatException($"The file needs a header with these columns too: {string.Join(", ", missing)}.");
        }

        while (csv.Read())
        {
            var body = new SaleBody(
                Field(csv, "source"), Field(csv, "orderId"), Number(csv, "line"), Number(csv, "revision"), Field(csv, "kind"), Field(csv, "product"), Field(csv, "productLine"),
                decimal.TryParse(Field(csv, "amount"), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null,
                Field(csv, "currency"), Field(csv, "occurredAt"), Field(csv, "channel"), Field(csv, "faceToFace") switch { "true" => true, "false" => false, _ => null },
                Field(csv, "click"), Field(csv, "unionid"), Field(csv, "externalUserId"));
            var sale = body.ToSale(out var fault);
            yield return (sale, JsonSerializer.Serialize(body, SaleJsonContext.Default.SaleBody), fault);
        }
    }

    private static int? Number(CsvReader csv, string name) =>
        int.TryParse(Field(csv, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Field(CsvReader csv, string name) =>
        csv.TryGetFieldIndex(name, out var index) && csv.GetString(index) is { Length: > 0 } value ? value : null;
}

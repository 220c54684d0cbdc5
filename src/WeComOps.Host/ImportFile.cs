using System.Text.Json.Serialization;
using CsvHelper;
using WeComOps.Customers;
using WeComOps.Primitives;
using WeComOps.Sales;

namespace WeComOps.Host;

/// <summary>How an import went.</summary>
/// <param name="Faults">The rows left out, each with its reason.</param>
internal sealed record ImportReport(int Taken, IReadOnlyList<string> Faults);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportJsonContext : JsonSerializerContext;

/// <summary>Takes the bank's files: in the running host, or in a command when none runs. The audit names who did it.</summary>
internal sealed class ImportFile(ImportCustomers customers, RecordSale sales, IChangeStore changes, TimeProvider clock)
{
    public const string Customers = "customers";
    public const string Sales = "sales";

    /// <param name="kind"><see cref="Customers"/> or <see cref="Sales"/>.</param>
    /// <exception cref="FormatException">A column is missing.</exception>
    public Task<ImportReport> RunAsync(string kind, string text, string who, CancellationToken cancellationToken) => kind switch
    {
        Customers => CustomersAsync(text, who, cancellationToken),
        Sales => SalesAsync(text, who, cancellationToken),
        _ => throw new FormatException($"There is no import of {kind}."),
    };

    private async Task<ImportReport> CustomersAsync(string text, string who, CancellationToken cancellationToken)
    {
        using var csv = CsvReader.FromText(text);
        var (taken, faults) = await customers.ImportAsync(CustomersCsv.Read(csv), who, cancellationToken);
        return new ImportReport(taken, faults);
    }

    private async Task<ImportReport> SalesAsync(string text, string who, CancellationToken cancellationToken)
    {
        using var csv = CsvReader.FromText(text);
        var (taken, faults, row) = (0, new List<string>(), 0);
        foreach (var (sale, raw, fault) in SalesCsv.Read(csv))
        {
            row++;
            var refusal = sale is null ? fault : await sales.RecordAsync(sale, raw, cancellationToken) switch
            {
                SaleOutcome.TooEarly early => early.Reason,
                SaleOutcome.Refused refused => refused.Reason,
                _ => null,
            };
            if (refusal is null)
            {
                taken++;
            }
            else
            {
                faults.Add($"Row {row}: {refusal}");
            }
        }

        var audited = new Changes();
        audited.Audit.Add(new AuditEntry(clock.GetNow(), who, "import-sales", "sales", $"{taken} rows, {faults.Count} left out"));
        await changes.CommitAsync(audited, cancellationToken);
        return new ImportReport(taken, faults);
    }
}

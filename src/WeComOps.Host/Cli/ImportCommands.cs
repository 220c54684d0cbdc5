using System.CommandLine;
using CsvHelper;
using WeComOps.Customers;
using WeComOps.Sales;

namespace WeComOps.Host.Cli;

/// <summary>
/// Imports of the bank's files. They need the right to write: while a service runs on the database they are refused with a
/// message (the way through the running service comes with the durable-intake work).
/// </summary>
internal static class ImportCommands
{
    private const string Operator = "command-line";

    public static Command Customers()
    {
        var database = StoreCommands.Database();
        var file = new Argument<string>("FILE") { Description = "CSV with the columns externalUserId|unionid, tier, ageBand?, segment?, lifeCycle?, payroll?, riskLevel?" };
        var import = new Command("import", "Take the bank's customer list.") { file, database };
        import.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await File.ReadAllTextAsync(parsed.GetValue(file)!, cancellationToken);
            await using var store = await OfflineStore.WriteExistingAsync(parsed.GetValue(database), cancellationToken);
            using var csv = CsvReader.FromText(text);
            var (taken, faults) = await store.Services.GetRequiredService<ImportCustomers>().ImportAsync(CustomersCsv.Read(csv), Operator, cancellationToken);
            return Report(taken, faults);
        });
        return new Command("customers", "The bank's customers.") { import };
    }

    public static Command Sales()
    {
        var database = StoreCommands.Database();
        var file = new Argument<string>("FILE") { Description = "CSV with the columns of a sale (docs/http-api.md)." };
        var import = new Command("import", "Take sales from a file; sales already known are left as they are.") { file, database };
        import.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await File.ReadAllTextAsync(parsed.GetValue(file)!, cancellationToken);
            await using var store = await OfflineStore.WriteExistingAsync(parsed.GetValue(database), cancellationToken);
            var record = store.Services.GetRequiredService<RecordSale>();
            using var csv = CsvReader.FromText(text);
            var (taken, faults, row) = (0, new List<string>(), 0);
            foreach (var (sale, raw, fault) in SalesCsv.Read(csv))
            {
                row++;
                var refusal = sale is null ? fault : await record.RecordAsync(sale, raw, cancellationToken) switch
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

            return Report(taken, faults);
        });
        return new Command("sales", "Sales of the bank's order system.") { import };
    }

    private static int Report(int taken, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            System.Console.Error.WriteLine(fault);
        }

        System.Console.WriteLine($"{taken} rows taken, {faults.Count} left out.");
        return faults.Count == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}

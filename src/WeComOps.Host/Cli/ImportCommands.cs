using System.CommandLine;
using WeComOps.Host.Control;

namespace WeComOps.Host.Cli;

/// <summary>
/// Imports of the bank's files. Where a service runs on the database it takes the file, since it holds the right to write; else the
/// command does it itself.
/// </summary>
internal static class ImportCommands
{
    public static Command Customers() => new("customers", "The bank's customers.")
    {
        Import(
            ImportFile.Customers, "Take the bank's customer list.",
            "CSV with the columns externalUserId|unionid, tier, ageBand?, segment?, lifeCycle?, payroll?, riskLevel?"),
    };

    public static Command Sales() => new("sales", "Sales of the bank's order system.")
    {
        Import(ImportFile.Sales, "Take sales from a file; sales already known are left as they are.", "CSV with the columns of a sale (docs/http-api.md)."),
    };

    private static Command Import(string kind, string description, string columns)
    {
        var database = StoreCommands.Database();
        var file = new Argument<string>("FILE") { Description = columns };
        var import = new Command("import", description) { file, database };
        import.SetAction(async (parsed, cancellationToken) =>
        {
            var text = await File.ReadAllTextAsync(parsed.GetValue(file)!, cancellationToken);
            return Report(await RunAsync(kind, text, parsed.GetValue(database), cancellationToken));
        });
        return import;
    }

    private static async Task<ImportReport> RunAsync(string kind, string text, string? database, CancellationToken cancellationToken)
    {
        await using (var settings = OfflineStore.Create(database))
        {
            var socket = ControlSocket.PathOf(settings.Services, ofDatabase: database is not null);
            if (await ControlSocket.ImportAsync(socket, kind, text, cancellationToken) is { } report)
            {
                return report;
            }
        }

        await using var store = await OfflineStore.WriteExistingAsync(database, cancellationToken);
        return await ActivatorUtilities.CreateInstance<ImportFile>(store.Services).RunAsync(kind, text, ControlServer.Operator, cancellationToken);
    }

    private static int Report(ImportReport report)
    {
        foreach (var fault in report.Faults)
        {
            System.Console.Error.WriteLine(fault);
        }

        System.Console.WriteLine($"{report.Taken} rows taken, {report.Faults.Count} left out.");
        return report.Faults.Count == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}

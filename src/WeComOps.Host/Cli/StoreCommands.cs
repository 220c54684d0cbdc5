using System.CommandLine;
using Microsoft.Extensions.Options;
using WeComOps.Access;
using WeComOps.Inbox;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Sales;
using WeComOps.Scorecard;

namespace WeComOps.Host.Cli;

internal static class StoreCommands
{
    public static Option<string?> Database() => new("--database")
    {
        Description = "SQLite file; default: Storage:ConnectionString of the configuration, which also names a PostgreSql database.",
    };

    public static Command Migrate()
    {
        var database = Database();
        var command = new Command("migrate", "Create the database or bring it to this version.") { database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = await OfflineStore.WriteAsync(parsed.GetValue(database), cancellationToken);
            System.Console.WriteLine("The database is up to date.");
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Doctor()
    {
        var database = Database();
        var command = new Command("doctor", "Look at configuration and store, and say what a person should do.") { database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = await OfflineStore.ReadAsync(parsed.GetValue(database), cancellationToken);
            var inbox = store.Services.GetRequiredService<IInboxStore>();
            var counts = await inbox.CountAsync(cancellationToken);
            System.Console.WriteLine($"messages {counts.Messages}, unrouted {counts.Unrouted}, waiting {counts.Waiting}, parked {counts.Parked}");
            var healing = await HealingDoctor.LookAsync(store.Services, cancellationToken);
            System.Console.WriteLine(healing.Line);
            var problems = FaultsOf<LinksOptions>(store).Concat(FaultsOf<SalesOptions>(store)).Concat(FaultsOf<ScorecardRules>(store)).Concat(healing.Problems).ToList();
            foreach (var item in await inbox.ParkedAsync(20, cancellationToken))
            {
                problems.Add($"Message {item.MessageId} is parked at {item.Handler} after {item.Attempts} attempts: {item.Error}");
            }

            var unsettled = await store.Services.GetRequiredService<IOutgoingStore>().UnsettledAsync(cancellationToken);
            problems.AddRange(unsettled.Where(message => message.State == SliceState.Unknown)
                .Select(message => $"Nobody knows whether message {message.Id} reached {message.UserId}: {message.Error} Ask the advisor; it is not sent again by itself."));

            problems.AddRange(await store.Maintenance.FaultsAsync(cancellationToken));
            if (await store.Services.GetRequiredService<IAuditStore>().VerifyAsync(cancellationToken) is { Holds: false } broken)
            {
                problems.Add($"The audit log is broken at entry {broken.BrokenAt}.");
            }

            foreach (var problem in problems)
            {
                System.Console.Error.WriteLine("- " + problem);
            }

            System.Console.WriteLine(problems.Count == 0 ? "Nothing needs a person." : $"{problems.Count} things need a person.");
            return problems.Count == 0 ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    public static Command Backup()
    {
        var database = Database();
        var file = new Argument<string>("FILE") { Description = "File to write; must not exist." };
        var command = new Command("backup", "Write a consistent copy of the database, also while the service runs.") { file, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = await OfflineStore.ReadAsync(parsed.GetValue(database), cancellationToken);
            await store.Maintenance.BackupAsync(Path.GetFullPath(parsed.GetValue(file)!), cancellationToken);
            System.Console.WriteLine($"Backed up to {parsed.GetValue(file)}.");
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Restore()
    {
        var target = new Option<string?>("--database") { Description = "SQLite file to create; must not exist." };
        var file = new Argument<string>("FILE") { Description = "A backup." };
        var command = new Command("restore", "Make a SQLite database from a backup (PostgreSql has its own tools: this says which).") { file, target };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using (var configured = OfflineStore.Create(parsed.GetValue(target)))
            {
                // With SQLite it says nothing; with a server it names the tools.
                configured.Maintenance.RefuseRestore(parsed.GetValue(file)!);
            }

            if (parsed.GetValue(target) is null)
            {
                System.Console.Error.WriteLine("Option '--database' is required: the SQLite file to create.");
                return CommandLine.WrongUsage;
            }

            var path = Path.GetFullPath(parsed.GetValue(target)!);
            if (new[] { "-wal", "-shm", "-journal" }.Select(ending => path + ending).FirstOrDefault(File.Exists) is { } left)
            {
                System.Console.Error.WriteLine($"{left} is left of another database and would be read into this one. Move it away together with the database it belongs to, or choose another name.");
                return CommandLine.WrongUsage;
            }

            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(parsed.GetValue(file)!, path, overwrite: false);
            await using var store = await OfflineStore.WriteAsync(path, cancellationToken);
            return await ReportAuditAsync(store, cancellationToken);
        });
        return command;
    }

    public static Command Audit()
    {
        var database = Database();
        var verify = new Command("verify", "Check the chain of the audit log.") { database };
        verify.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = await OfflineStore.ReadAsync(parsed.GetValue(database), cancellationToken);
            return await ReportAuditAsync(store, cancellationToken);
        });
        return new Command("audit", "The audit log.") { verify };
    }

    private static async Task<int> ReportAuditAsync(OfflineStore store, CancellationToken cancellationToken)
    {
        var audit = await store.Services.GetRequiredService<IAuditStore>().VerifyAsync(cancellationToken);
        System.Console.WriteLine(audit.Holds
            ? $"The audit log holds: {audit.Entries} entries, head {audit.Head}."
            : $"The audit log is broken at entry {audit.BrokenAt}: it was changed outside the product. Keep this file, restore the last backup and compare.");
        return audit.Holds ? CommandLine.Done : CommandLine.Failed;
    }

    private static IEnumerable<string> FaultsOf<TOptions>(OfflineStore store)
        where TOptions : class
    {
        try
        {
            _ = store.Services.GetRequiredService<IOptions<TOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }
}

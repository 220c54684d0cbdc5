using System.CommandLine;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Host.Cli;

/// <summary>Commands that only read: they run beside a service.</summary>
internal static class ReadCommands
{
    public static Command Scorecard()
    {
        var database = StoreCommands.Database();
        var week = Week();
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var command = new Command("scorecard", "Print the scorecard of a week.") { week, format, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = ScoreWeek.Parse(parsed.GetValue(week)!);
            await using var store = await OfflineStore.ReadAsync(parsed.GetValue(database), cancellationToken);
            var stored = await store.Services.GetRequiredService<IScorecardStore>().LatestAsync(wanted, cancellationToken);
            var (json, digest) = stored is not null
                ? (stored.Json, stored.Digest)
                : CardJson.Write(await store.Services.GetRequiredService<CloseWeek>().PreviewAsync(wanted, cancellationToken));
            if (parsed.GetValue(format) == "json")
            {
                System.Console.WriteLine(json);
            }
            else
            {
                ScorecardTable.Print(json, await ScorecardTable.NamesAsync(store.Services, cancellationToken));
                System.Console.WriteLine(digest);
            }

            return CommandLine.Done;
        });
        return command;
    }

    public static Command Facts()
    {
        var database = StoreCommands.Database();
        var week = Week();
        var export = new Command("export", "Write the facts of a week as JSON lines.") { week, database };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = ScoreWeek.Parse(parsed.GetValue(week)!);
            await using var store = await OfflineStore.ReadAsync(parsed.GetValue(database), cancellationToken);
            await using var output = System.Console.OpenStandardOutput();
            await foreach (var fact in store.Services.GetRequiredService<ILedger>().ReadAsync(wanted.Monday, wanted.Sunday, cancellationToken))
            {
                FactJson.Write(output, fact);
            }

            return CommandLine.Done;
        });
        return new Command("facts", "The ledger.") { export };
    }

    private static Option<string> Week()
    {
        var week = new Option<string>("--week") { Description = "ISO week, for example 2026-W46.", Required = true };
        week.Validators.Add(result =>
        {
            if (!ScoreWeek.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError($"'{result.GetValueOrDefault<string>()}' is not a week. Write it as 2026-W46 (ISO week, Monday to Sunday).");
            }
        });
        return week;
    }
}

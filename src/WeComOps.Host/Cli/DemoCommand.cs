using System.CommandLine;
using System.Globalization;
using System.Text;
using Spectre.Console;
using WeComOps.Host.Demo;
using WeComOps.Primitives;

namespace WeComOps.Host.Cli;

internal static class DemoCommand
{
    public static Command Create()
    {
        var weeks = Number("--weeks", "Weeks to live through, 1 to 12.", 4, 1, 12);
        var advisors = Number("--advisors", "Advisors of the simulated bank, 6 to 999.", 60, 6, 999);
        var seed = Number("--seed", "Seed of the story: the same seed brings the same scorecard.", 42, 0, int.MaxValue);
        var port = Number("--port", "Port of the console on loopback; 0 takes a free one.", 0, 0, 65535);
        var exit = new Option<bool>("--exit") { Description = "Stop after printing the scorecard." };
        var command = new Command("demo", "A simulated bank and WeComOps beside it: weeks in about a minute, then the console. No account, no configuration.")
        {
            weeks, advisors, seed, port, exit,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new DemoSettings(parsed.GetValue(weeks), parsed.GetValue(advisors), parsed.GetValue(seed), parsed.GetValue(port), Folder: null), parsed.GetValue(exit), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DemoSettings settings, bool exit, CancellationToken cancellationToken)
    {
        System.Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var folder = System.IO.Directory.CreateTempSubdirectory("wecomops-demo-").FullName;
        try
        {
            await using var run = await DemoRun.StartAsync(settings with { Folder = folder }, cancellationToken);
            var begun = TimeProvider.System.GetTimestamp();
            await ShowProgressAsync(run, settings, cancellationToken);
            System.Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{settings.Weeks} weeks lived in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0.0} s"));
            var card = await run.ScorecardAsync(run.LastWeek, cancellationToken);
            ScorecardTable.Print(card.Json, await ScorecardTable.NamesAsync(run.Services, cancellationToken));
            System.Console.WriteLine(card.Digest);
            if (!exit)
            {
                System.Console.WriteLine($"计分卡 console:  {run.ConsoleUrl}?week={run.LastWeek}");
                System.Console.WriteLine($"模拟企业微信 sandbox:  {new Uri(run.Sandbox.BaseUrl, "/sandbox")}");
                System.Console.WriteLine("Ctrl+C stops. Time now runs as usual.");
                await run.StayAsync(cancellationToken);
            }

            return CommandLine.Done;
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static Task ShowProgressAsync(DemoRun run, DemoSettings settings, CancellationToken cancellationToken)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || System.Console.IsOutputRedirected)
        {
            return run.LiveAsync(new PlainProgress(settings.Weeks), cancellationToken);
        }

        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask("2026-10-19", maxValue: 1);
                return run.LiveAsync(new BarProgress(task), cancellationToken);
            });
    }

    private static Option<int> Number(string name, string description, int value, int smallest, int largest)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given)
                && (given < smallest || given > largest))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be a number between {smallest} and {largest}."));
            }
        });
        return option;
    }

    private static string Label(DateTimeOffset now) => ShanghaiTime.ToLocal(now).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private sealed class BarProgress(ProgressTask task) : IProgress<(double Share, DateTimeOffset Now)>
    {
        public void Report((double Share, DateTimeOffset Now) value)
        {
            task.Value = value.Share;
            task.Description = Label(value.Now);
        }
    }

    /// <summary>For logs and pipes: a line a week.</summary>
    private sealed class PlainProgress(int weeks) : IProgress<(double Share, DateTimeOffset Now)>
    {
        private ScoreWeek? _week;

        public void Report((double Share, DateTimeOffset Now) value)
        {
            var week = ScoreWeek.Of(value.Now);
            if (_week != week)
            {
                _week = week;
                System.Console.Error.WriteLine($"{week} ({value.Share.ToString("P0", CultureInfo.InvariantCulture)} of {weeks} weeks)");
            }
        }
    }
}

using System.CommandLine;
using Microsoft.Extensions.Options;
using WeComOps.Storage;

namespace WeComOps.Host.Cli;

/// <summary>The verbs of <c>wecomops</c>. Exit 0: done; 1: failed, with a message that says what to do; 2: wrong usage.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("WeComOps: the front line is scored on actions, the mid-office on outcomes.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            StoreCommands.Migrate(),
            StoreCommands.Doctor(),
            StoreCommands.Backup(),
            StoreCommands.Restore(),
            StoreCommands.Audit(),
            ImportCommands.Customers(),
            ImportCommands.Sales(),
            ReadCommands.Scorecard(),
            ReadCommands.Facts(),
            TemplateCommands.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                System.Console.Error.WriteLine(error.Message);
            }

            System.Console.Error.WriteLine("See: wecomops --help");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (FailuresOf(exception) is { } failures)
        {
            System.Console.Error.WriteLine("The configuration is not complete. Set these in appsettings.json or as environment variables (Section__Name):");
            foreach (var failure in failures)
            {
                System.Console.Error.WriteLine("  - " + failure);
            }

            return Failed;
        }
        catch (Exception exception) when (exception is StorageLockedException or StorageSchemaException or StorageRefusedException or IOException or FormatException or UnauthorizedAccessException)
        {
            // What a person can do something about is a message; bugs keep their stack.
            System.Console.Error.WriteLine(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            return Done;
        }
    }

    /// <summary>Every fault of the configuration, however many options classes they are in; null when it is something else.</summary>
    private static IEnumerable<string>? FailuresOf(Exception exception) => exception switch
    {
        OptionsValidationException options => options.Failures,
        AggregateException all when all.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            all.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures),
        _ => null,
    };
}

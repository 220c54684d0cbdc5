using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeComOps.Templates;
using WeComOps.Templates.Language;

namespace WeComOps.Host.Cli;

internal static class TemplateCommands
{
    public static Command Create() => new("templates", "Template files.") { Lint(), Render() };

    private static Command Lint()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with *.scriban files." };
        var command = new Command("lint", "Compile every template and name what is wrong, by file, line and column.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetValue(folder)!;
            var (files, faulty) = (0, 0);
            var engine = TemplateEngines.Create();
            foreach (var file in System.IO.Directory.EnumerateFiles(directory, "*.scriban", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                files++;
                var (source, fault) = TemplateSource.Parse(await File.ReadAllTextAsync(file, cancellationToken));
                var faults = source is null ? [fault!] : engine.Compile(source).Faults;
                faulty += faults.Count > 0 ? 1 : 0;
                foreach (var found in faults)
                {
                    System.Console.Error.WriteLine($"{Path.GetRelativePath(directory, file)}:{found}");
                }
            }

            System.Console.WriteLine($"{files} templates, {faulty} with faults.");
            return faulty == 0 ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static Command Render()
    {
        var file = new Argument<string?>("FILE") { Description = "A .scriban file.", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string?>("--data") { Description = "JSON with the template's variables; default: the samples of its front matter." };
        var lines = new Option<bool>("--jsonl") { Description = "Read lines {id, template, model} from standard input and write lines {id, output} or {id, error, line, column}." };
        var command = new Command("render", "Render a template as it would be sent.") { file, data, lines };
        command.Validators.Add(result =>
        {
            if (result.GetValue(lines) == (result.GetValue(file) is not null))
            {
                result.AddError("Give either a FILE or --jsonl.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(lines))
            {
                return await RenderFileAsync(parsed.GetValue(file)!, parsed.GetValue(data), cancellationToken);
            }

            using var input = new StreamReader(System.Console.OpenStandardInput(), Encoding.UTF8);
            await using var output = new StreamWriter(System.Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            JsonLinesRenderer.Render(input, output);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task<int> RenderFileAsync(string file, string? data, CancellationToken cancellationToken)
    {
        var (source, fault) = TemplateSource.Parse(await File.ReadAllTextAsync(file, cancellationToken));
        var (program, faults) = source is null ? (null, [fault!]) : TemplateEngines.Create().Compile(source);
        if (program is null)
        {
            foreach (var found in faults)
            {
                System.Console.Error.WriteLine($"{file}:{found}");
            }

            return CommandLine.Failed;
        }

        var model = TemplateModels.Build(
            source!, new Dictionary<string, string>(StringComparer.Ordinal), source!.WordingOf(0), ("张伟", "理财经理", "示例支行"), "https://link.bank.example/l/sample",
            new DateOnly(2026, 11, 9));
        if (data is not null)
        {
            foreach (var (name, value) in await ReadDataAsync(data, cancellationToken))
            {
                model[name] = value?.DeepClone();
            }
        }

        var (text, failure) = program.Render(model);
        if (failure is not null)
        {
            System.Console.Error.WriteLine($"{file}:{failure}");
            return CommandLine.Failed;
        }

        System.Console.WriteLine(text!.Trim());
        return CommandLine.Done;
    }

    private static async Task<JsonObject> ReadDataAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken)) as JsonObject
                ?? throw new FormatException($"{file} must hold a JSON object with the variables.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{file} is not JSON: {exception.Message}", exception);
        }
    }
}

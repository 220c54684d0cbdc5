using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Language;
using WeComOps.Templates.Lint;

namespace WeComOps.Host.Cli;

internal static class TemplateCommands
{
    public static Command Create() => new("templates", "Template files.") { Lint(), Render() };

    internal static string NameOf(LintLevel level) => level switch { LintLevel.Block => "block", LintLevel.Warn => "warn", _ => "info" };

    private static Command Lint()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with *.scriban files, or one file." };
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        var hosts = new Option<string[]>("--allow-host") { Description = "A host that texts may link to (Links:AllowedHosts); may be given several times." };
        var advisors = new Option<int>("--advisors") { Description = "Advisors that would post it, to judge whether they look copied.", DefaultValueFactory = _ => new LintSettings().Advisors };
        var command = new Command("lint", "Check every template by the same rules as before approval: file, line, column, level, rule, what to do.") { folder, format, hosts, advisors };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetValue(folder)!;
            var single = File.Exists(directory);
            if (!single && !System.IO.Directory.Exists(directory))
            {
                System.Console.Error.WriteLine($"There is no folder {directory}. Name the folder that holds the *.scriban files.");
                return CommandLine.Failed;
            }

            var lint = new TemplateLint(TemplateEngines.Create(), new LintSettings { AllowedHosts = parsed.GetValue(hosts) ?? [], Advisors = Math.Max(1, parsed.GetValue(advisors)) });
            var today = ShanghaiTime.DayOf(TimeProvider.System.GetNow());
            var reports = new List<(string File, LintReport Report)>();
            string[] files = single ? [directory] : [.. System.IO.Directory.EnumerateFiles(directory, "*.scriban", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            foreach (var file in files)
            {
                reports.Add((single ? file : Path.GetRelativePath(directory, file), lint.Check(await File.ReadAllTextAsync(file, cancellationToken), today)));
            }

            if (parsed.GetValue(format) == "json")
            {
                await using var output = System.Console.OpenStandardOutput();
                LintJson.Write(output, reports);
            }
            else
            {
                WriteTable(reports);
            }

            return reports.Exists(item => item.Report.Blocks) ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static void WriteTable(List<(string File, LintReport Report)> reports)
    {
        foreach (var (file, report) in reports)
        {
            foreach (var finding in report.Findings)
            {
                var found = finding.Found.Length == 0 ? string.Empty : $"“{finding.Found}” ";
                var basis = finding.Basis.Length == 0 ? string.Empty : $" 依据：{finding.Basis}";
                System.Console.WriteLine($"{file}:{finding.Line}:{finding.Column}  {NameOf(finding.Level),-5}  {finding.Rule}  {found}{finding.Message}{basis} 改法：{finding.Remedy}");
            }

            foreach (var exempted in report.Exempted)
            {
                System.Console.WriteLine($"{file}:{exempted.Line}:{exempted.Column}  已放行  {exempted.Rule}  “{exempted.Found}” {exempted.Reason}");
            }

            var likeness = report.Likeness is { } value ? string.Create(CultureInfo.InvariantCulture, $"，平均相同 {value:0%}") : string.Empty;
            System.Console.WriteLine($"{file}  {report.Summary}{likeness}");
        }

        var faulty = reports.Count(item => item.Report.Blocks);
        var findings = reports.SelectMany(item => item.Report.Findings).ToArray();
        System.Console.WriteLine(
            $"{reports.Count} templates, {faulty} with faults, {findings.Count(finding => finding.Level == LintLevel.Warn)} warnings, {findings.Count(finding => finding.Level == LintLevel.Info)} notes.");
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

        var (text, failure) = TemplatePreview.Render(source!, program, data is null ? null : await ReadDataAsync(data, cancellationToken));
        if (failure is not null)
        {
            System.Console.Error.WriteLine($"{file}:{failure}");
            return CommandLine.Failed;
        }

        System.Console.WriteLine(text);
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

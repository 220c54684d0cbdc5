using System.Text.Encodings.Web;
using System.Text.Json;
using WeComOps.Templates.Lint;

namespace WeComOps.Host.Cli;

/// <summary>The findings of <c>templates lint</c> for other programs.</summary>
internal static class LintJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    public static void Write(Stream output, IReadOnlyList<(string File, LintReport Report)> reports)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("templates", reports.Count);
        json.WriteNumber("blocked", reports.Count(item => item.Report.Blocks));
        json.WriteStartArray("files");
        foreach (var (file, report) in reports)
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("summary", report.Summary);
            json.WriteNumber("texts", report.Texts);
            json.WriteNumber("wordings", report.Wordings);
            if (report.Likeness is { } likeness)
            {
                json.WriteNumber("likeness", likeness);
            }

            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
            {
                Write(json, finding);
            }

            json.WriteEndArray();
            json.WriteStartArray("exempted");
            foreach (var exempted in report.Exempted)
            {
                json.WriteStartObject();
                json.WriteString("rule", exempted.Rule);
                json.WriteNumber("line", exempted.Line);
                json.WriteNumber("column", exempted.Column);
                json.WriteString("found", exempted.Found);
                json.WriteString("reason", exempted.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LintFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("level", TemplateCommands.NameOf(finding.Level));
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteString("found", finding.Found);
        json.WriteString("message", finding.Message);
        json.WriteString("basis", finding.Basis);
        json.WriteString("remedy", finding.Remedy);
        json.WriteEndObject();
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

/// <summary>Stands in for the template language: <c>{{ name }}</c> and <c>{{ a.b }}</c>, nothing else. An unknown name is a fault.</summary>
internal sealed partial class PlainEngine : ITemplateEngine
{
    public (ITemplateProgram? Program, IReadOnlyList<TemplateFault> Faults) Compile(TemplateSource source)
    {
        var faults = new List<TemplateFault>();
        var lines = source.Body.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (Match match in Hole().Matches(lines[i]))
            {
                var name = match.Groups["name"].Value.Split('.')[0];
                if (name is not ("advisor" or "link" or "today") && !source.Variables.ContainsKey(name) && !source.Wordings.ContainsKey(name))
                {
                    faults.Add(new TemplateFault(source.BodyLine + i, match.Index + 1, $"没有变量 {name}。", "在说明部分声明它。"));
                }
            }
        }

        return faults.Count > 0 ? (null, faults) : (new Program(source.Body), []);
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[\w.]+)\s*\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Hole();

    private sealed class Program(string body) : ITemplateProgram
    {
        public (string? Text, TemplateFault? Fault) Render(JsonObject model) => (Hole().Replace(body, match =>
        {
            JsonNode? node = model;
            foreach (var part in match.Groups["name"].Value.Split('.'))
            {
                node = (node as JsonObject)?[part];
            }

            return node is JsonObject wrapped ? wrapped.First().Value!.ToString() : node?.ToString() ?? string.Empty;
        }), null);
    }
}

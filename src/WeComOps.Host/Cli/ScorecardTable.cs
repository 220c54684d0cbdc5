using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using WeComOps.Directory;
using WeComOps.Scorecard;

namespace WeComOps.Host.Cli;

/// <summary>A stored card as tables for a terminal.</summary>
internal static class ScorecardTable
{
    private static readonly Dictionary<string, string> Metrics = new(StringComparer.Ordinal)
    {
        ["friend_requests"] = "加好友",
        ["moments"] = "朋友圈",
        ["group_building"] = "建群",
        ["group_posts"] = "群发",
        ["replies"] = "回复",
        [Metric.AcceptanceRate] = "通过率",
        [Metric.ValuableEngagement] = "高价值互动",
        [Metric.JoinsByChoice] = "自主入群",
        [Metric.UsefulInteraction] = "有效互动",
        [Metric.QuestionsHelped] = "按时应答",
        [Metric.OnlineSales] = "线上成交",
        [Metric.Harm] = "伤害",
    };

    private const int NarrowestWidth = 130;

    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [Subject.Bank] = "全行", [Subject.Desk] = "应答台" };
        foreach (var branch in await services.GetRequiredService<IDirectoryStore>().BranchesAsync(cancellationToken))
        {
            names[Subject.Branch(branch.Id)] = branch.Name;
        }

        return names;
    }

    public static void Print(string json, IReadOnlyDictionary<string, string> names)
    {
        using var document = JsonDocument.Parse(json);
        var card = document.RootElement;
        var state = card.GetProperty("state").GetString() switch { "open" => "进行中", "provisional" => "待定", "final" => "已定稿", _ => "有更正" };
        var console = CreateConsole();
        console.WriteLine();
        console.WriteLine($"计分卡 {card.GetProperty("week").GetString()}（{state}，规则 {card.GetProperty("rules").GetProperty("version").GetString()}）");
        console.Write(CreateTable("一线动作（做没做到）", card.GetProperty("front"), Metric.Actions, names, "bank:", "branch:", "line:"));
        console.Write(CreateTable("中台成效（管不管用）", card.GetProperty("mid"), Metric.Outcomes, names, "editor:", "team:", "line:", "branch:", "desk:"));
    }

    /// <summary>
    /// Plain text where the output is a file or a pipe. The tables are never narrower than their columns: the library cannot
    /// break Chinese text that has half a column left.
    /// </summary>
    private static IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = System.Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = System.Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(System.Console.Out),
        });
        console.Profile.Width = Math.Max(console.Profile.Width, NarrowestWidth);
        return console;
    }

    private static Table CreateTable(string title, JsonElement subjects, IReadOnlyList<string> metrics, IReadOnlyDictionary<string, string> names, params string[] prefixes)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(title) };
        table.AddColumn("对象");
        table.AddColumn(new TableColumn("得分").RightAligned());
        foreach (var metric in metrics)
        {
            table.AddColumn(new TableColumn(Metrics[metric]).RightAligned());
        }

        foreach (var subject in subjects.EnumerateArray())
        {
            var id = subject.GetProperty("subject").GetString()!;
            if (!prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal)))
            {
                continue;
            }

            var lines = subject.GetProperty("lines").EnumerateArray().ToDictionary(line => line.GetProperty("metric").GetString()!, StringComparer.Ordinal);
            var score = subject.GetProperty("score");
            var row = new List<string>
            {
                Markup.Escape(names.GetValueOrDefault(id, id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..])),
                score.ValueKind == JsonValueKind.Null ? "数据不足" : score.GetDecimal().ToString("0.0", CultureInfo.InvariantCulture),
            };
            row.AddRange(metrics.Select(metric => lines.TryGetValue(metric, out var line) ? Cell(metric, line) : "–"));
            table.AddRow([.. row]);
        }

        return table;
    }

    private static string Cell(string metric, JsonElement line)
    {
        var value = line.GetProperty("value");
        if (value.ValueKind == JsonValueKind.Null)
        {
            return "缺数";
        }

        var isShare = Metric.Actions.Contains(metric) || metric is Metric.AcceptanceRate or Metric.QuestionsHelped;
        return isShare
            ? (value.GetDecimal() * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%"
            : value.GetDecimal().ToString("0.0", CultureInfo.InvariantCulture);
    }
}

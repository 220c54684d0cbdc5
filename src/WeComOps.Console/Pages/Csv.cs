using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using WeComOps.Primitives;

namespace WeComOps.Console.Pages;

/// <summary>
/// CSV that opens in a spreadsheet without being run: texts that begin like a formula get an apostrophe, numbers stay numbers.
/// </summary>
internal static class Csv
{
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    public static FileContentResult File(string name, IReadOnlyList<string> head, IEnumerable<IEnumerable<object?>> rows) =>
        new([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Write(head, rows))], "text/csv; charset=utf-8") { FileDownloadName = name };

    public static string Write(IReadOnlyList<string> head, IEnumerable<IEnumerable<object?>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', head.Select(Cell)).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null => string.Empty,
        decimal number => Decimals.Round(number, 6).ToString(CultureInfo.InvariantCulture),
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateTimeOffset at => ShanghaiTime.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Quote(value.ToString() ?? string.Empty),
    };

    private static string Quote(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}

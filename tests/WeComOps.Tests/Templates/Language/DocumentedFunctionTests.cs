using System.Text.RegularExpressions;
using WeComOps.Templates.Language.BuiltIns;

namespace WeComOps.Tests.Templates.Language;

/// <summary>The pages for editors list every function as it is declared, each with an example that prints what the page says.</summary>
public sealed partial class DocumentedFunctionTests
{
    private const string Data = """
        {"name":"王芳","n":3,"price":12.5,"amount":{"$decimal":"1234.50"},"none":"","tags":["黄金","债券","存款"],"points":[{"title":"稳健","rate":3.2},{"title":"安心","rate":2.85}],
        "product":{"name":"稳健一号","risk_level":"R2"},"d":{"$date":"2026-11-09T08:05:03"}}
        """;

    [Theory]
    [InlineData("templates.md")]
    [InlineData("templates.zh-CN.md")]
    public void Every_function_is_documented_and_prints_what_its_example_says(string page)
    {
        var rows = Rows(page);
        var printed = rows.Select(row => (row.Signature, Rendering.Print(row.Example, Data)));
        Assert.Equal(rows.Select(row => (row.Signature, row.Output)), printed);
        Assert.Equal(Declared().Order(StringComparer.Ordinal), rows.Select(row => row.Signature).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Declared() =>
        from name in Functions.Reserved
        from member in Functions.Names(name)
        let function = Functions.TryGet(name, member, out var found) ? found : null
        where !function.HtmlOnly
        select function.Signature;

    private static (string Signature, string Example, string Output)[] Rows(string page)
    {
        using var stream = typeof(DocumentedFunctionTests).Assembly.GetManifestResourceStream(page)!;
        using var reader = new StreamReader(stream);
        return [.. Row().Matches(reader.ReadToEnd().ReplaceLineEndings("\n")).Select(row => (row.Groups["signature"].Value, Cell(row, "example"), Cell(row, "output")))];
    }

    /// <summary>A bar inside of a cell of a table is written with a backslash.</summary>
    private static string Cell(Match row, string group) => row.Groups[group].Value.Replace("\\|", "|", StringComparison.Ordinal);

    [GeneratedRegex(@"^\| `(?<signature>(string|array|date|math|object|html)\.[^`]+)` \| [^\n]*? \| `(?<example>\{\{[^`]+)` \| `(?<output>[^`]*)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Row();
}

using System.Text.Json;
using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>The rule "equal or refused, never different".</summary>
public sealed class ScribanEqualityTests
{
    [Fact]
    public void Every_case_is_equal_or_refused_and_few_are_refused()
    {
        var different = new List<string>();
        var refused = new List<string>();
        var equal = 0;
        foreach (var (scriban, reply) in ScribanCase.All.Zip(Answers(string.Join('\n', ScribanCase.All.Select(item => item.Line)))))
        {
            Assert.Equal(scriban.Id, reply.GetProperty("id").GetString());
            var output = reply.TryGetProperty("output", out var text) ? text.GetString() : null;
            if (output == scriban.Output)
                equal++;
            else if (output is not null)
                different.Add($"{scriban.Id}: {scriban.Template} gave {output}");
            else if (!scriban.IsSurprise)
                refused.Add($"{scriban.Id}: {scriban.Template} {reply.GetProperty("error").GetString()}");
        }

        var plain = ScribanCase.All.Count(item => !item.IsSurprise);
        var counts = $"{ScribanCase.All.Count} cases, {equal} equal, {refused.Count} of {plain} plain ones refused, {different.Count} different\n";
        Assert.True(different.Count == 0, counts + string.Join('\n', different));
        Assert.True(refused.Count < plain * 0.05, counts + string.Join('\n', refused));
        Assert.True(equal > 350, counts);
    }

    /// <summary>
    /// Corners near what is accepted: white space, spellings of numbers and texts, null, mixed comparisons, loops, dates, formats. Each with what
    /// Scriban 7.2.6 printed for the data of <see cref="TemplateGrammar"/>; without an output Scriban refused. What is here was equal and stays so.
    /// </summary>
    [Fact]
    public void Every_corner_prints_what_Scriban_prints_and_is_refused_where_Scriban_refuses()
    {
        var data = TemplateModel.FromJson(JsonElement.Parse(TemplateGrammar.Model), unifyNumbers: false);
        var options = new CompileOptions(Html: true, WholeValues: true);
        using var stream = typeof(ScribanEqualityTests).Assembly.GetManifestResourceStream("scriban-corners.jsonl")!;
        using var reader = new StreamReader(stream);
        var different = new List<string>();
        var count = 0;
        for (; reader.ReadLine() is { } line; count++)
        {
            var corner = JsonElement.Parse(line);
            var template = corner.GetProperty("template").GetString()!;
            var expected = corner.TryGetProperty("output", out var output) ? output.GetString() : null;
            var printed = TemplateCompiler.Compile(template, TemplateSchema.Of(data), TemplateGrammar.Snippets, options) is CompileResult.Success success
                && success.Template.Render(data) is RenderResult.Rendered rendered ? rendered.Text : null;
            if (printed != expected)
                different.Add($"{line} gave {printed ?? "an error"}");
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.True(count > 500, $"{count} corners");
    }

    [Theory]
    [InlineData("""{"id":"a","template":"{{ name }}","model":{"name":"王芳"}}""", "a", "王芳")]
    [InlineData("""{"id":"b","template":"{{ d | date.to_string \"%F\" }} {{ m * 2 }}","model":{"d":{"$date":"2026-11-09T08:05:03"},"m":{"$decimal":"1.50"}}}""", "b", "2026-11-09 3.00")]
    [InlineData("""{"id":"c","template":"  {{ x }}","model":{"x":"一\n二"},"auto_indent":false}""", "c", "  一\n二")]
    [InlineData("""{"id":"d","template":"{{ include \"s\" }}","model":{"x":1},"includes":{"s":"[{{ x }}]"}}""", "d", "[1]")]
    public void A_line_is_answered_with_its_output(string line, string id, string output)
    {
        var reply = Assert.Single(Answers(line));
        Assert.Equal(id, reply.GetProperty("id").GetString());
        Assert.Equal(output, reply.GetProperty("output").GetString());
        Assert.Equal(2, reply.EnumerateObject().Count());
    }

    /// <summary>What generated data have shown: the ends of the integers.</summary>
    [Theory]
    [InlineData("{{ (n / 4) * 40 }}", """{"n":9223372036854775807}""", "9.223372036854774E+19")]
    [InlineData("{{ n / 2 }}", """{"n":9007199254740993}""", "4503599627370496")]
    [InlineData("{{ n / 4 }} {{ n + 0.0 }}", """{"n":-2147483648}""", "-536870912 -2147483648")]
    public void Large_integers_divide_as_in_Scriban(string template, string model, string output) =>
        Assert.Equal(output, Rendering.Print(template, model));

    [Fact]
    public void A_refused_line_is_answered_with_the_place_and_the_next_line_is_still_answered()
    {
        var replies = Answers("""
            {"id":"a","template":"一\n  {{ nope }}","model":{}}
            not json
            {"id":"b","template":"好","model":{}}
            """);
        Assert.Equal(3, replies.Count);
        Assert.Equal((2, 6), (replies[0].GetProperty("line").GetInt32(), replies[0].GetProperty("column").GetInt32()));
        Assert.Contains("nope", replies[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(replies[1].TryGetProperty("error", out _));
        Assert.Equal("好", replies[2].GetProperty("output").GetString());
    }

    private static List<JsonElement> Answers(string lines)
    {
        using var input = new StringReader(lines);
        using var output = new StringWriter();
        JsonLinesRenderer.Render(input, output);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}

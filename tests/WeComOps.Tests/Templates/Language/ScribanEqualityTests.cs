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

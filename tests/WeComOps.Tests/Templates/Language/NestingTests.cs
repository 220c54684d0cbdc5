using WeComOps.Templates.Language;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Tests.Templates.Language;

/// <summary>Nesting without end is an error, never the end of the process (reliability.md, fault 29).</summary>
public sealed class NestingTests
{
    private const int Deep = 100_000;

    /// <summary>Each way in which one construct can stand inside of itself, or hang on itself.</summary>
    public static TheoryData<string, string> Constructs { get; } = new()
    {
        { "{{ ", "(" },
        { "{{ ", "[" },
        { "{{ ", "[1, " },
        { "{{ ", "-" },
        { "{{ ", "!" },
        { "{{ ", "+" },
        { "{{ ", "(-!" },
        { "{{ ", "1+" },
        { "{{ ", "1 + (" },
        { "{{ ", "1?" },
        { "{{ ", "1?1:" },
        { "{{ ", "(1 ? 1 : " },
        { "{{ ", "a??" },
        { "{{ ", "a && " },
        { "{{ ", "a.b." },
        { "{{ ", "a?.b?." },
        { "{{ ", "a[" },
        { "{{ ", "a[0]" },
        { "{{ ", "a|" },
        { "{{ ", "a | string.upcase | " },
        { "{{ ", "a | string.append (" },
        { "{{ ", "f " },
        { "{{ ", "string.upcase(" },
        { "{{ ", "x = (" },
        { "{{ ", "if a;" },
        { "{{ ", "if a; else;" },
        { "{{ ", "for i in a;" },
        { "{{ ", "case a; when 1;" },
        { "{{ ", "capture x;" },
        { "", "{{if a}}" },
        { "", "{{if a}}{{else}}" },
        { "", "{{for i in a}}" },
        { "", "{{case a}}{{when 1}}" },
        { "", "{{capture x}}" },
        { "", "{{ include \"s\" | string.append (" },
        { "", "{%{" },
        { "", "{{ {" },
    };

    /// <summary>The size of the source is bounded before it is read; the reader holds without that bound too.</summary>
    [Theory]
    [MemberData(nameof(Constructs))]
    public void A_hundred_thousand_levels_are_an_error_and_not_a_crash(string start, string opening)
    {
        foreach (var count in new[] { 200, 1_000, (TemplateLimits.SourceBytes - 8) / opening.Length, Deep })
        {
            var source = start + string.Concat(Enumerable.Repeat(opening, count)) + "1 }}";
            Assert.IsType<CompileResult.Failure>(TemplateCompiler.Compile(source, TemplateSchema.Empty));
            var steps = 0;
            Exception? problem = null;
            OnSmallStack(() => problem = Record.Exception(() => Parser.Parse(new SourceText(source), ref steps)));
            Assert.True(problem is null or SyntaxException, problem?.ToString());
            Assert.InRange(steps, 0, 40 * source.Length);
        }
    }

    [Fact]
    public void Nesting_within_the_limit_still_renders_on_a_small_stack()
    {
        string? text = null;
        var source = "{{ " + string.Concat(Enumerable.Repeat("(1+", 20)) + "1" + new string(')', 20) + string.Concat(Enumerable.Repeat("+1", 79)) + " }}";
        OnSmallStack(() => text = Rendering.Print(source));
        Assert.Equal("100", text);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(28, false)]
    public void Snippets_in_snippets_are_nested_too(int levels, bool fits)
    {
        var snippets = new Dictionary<string, string>(StringComparer.Ordinal) { ["s7"] = "1" };
        for (var i = 0; i < 7; i++)
            snippets[$"s{i}"] = Nested(levels, $"include \"s{i + 1}\"");
        var source = Nested(levels, "include \"s0\"");
        if (fits)
        {
            string? text = null;
            OnSmallStack(() => text = Rendering.Print(source, snippets: snippets));
            Assert.Equal("1" + new string('1', 8 * levels), text);
        }
        else
        {
            OnSmallStack(() => Assert.Equal("too-deep", Rendering.Refusal(source, snippets: snippets).Code));
        }
    }

    private static string Nested(int levels, string inner) =>
        "{{ " + new string('(', levels) + "(" + inner + ")" + new string(')', levels) + string.Concat(Enumerable.Repeat(" + \"1\"", levels)) + " }}";

    private static void OnSmallStack(Action action)
    {
        Exception? problem = null;
        var thread = new Thread(() => problem = Record.Exception(action), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(problem);
    }
}

using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>Every rendering of every accepted template ends, within the limits and with little memory.</summary>
public sealed class RenderProperties
{
    private const long MostMemory = 64L * 1024 * 1024;

    private static readonly TemplateModel Data = Rendering.Model(TemplateGrammar.Model);

    private static readonly TemplateSchema Schema = TemplateSchema.Of(Data);

    [Fact]
    public void Any_rendering_of_an_accepted_template_ends_within_its_limits()
    {
        var (accepted, rendered) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000).WithEndSize(300), Prop.ForAll(Templates(), template =>
        {
            if (TemplateCompiler.Compile(template, Schema, TemplateGrammar.Snippets) is not CompileResult.Success success)
                return;
            accepted++;
            rendered += EndsWithinLimits(success.Template, Data) is RenderResult.Rendered ? 1 : 0;
        }));
        Assert.True(accepted > 1000 && rendered > 500, $"{accepted} accepted, {rendered} rendered");
    }

    [Fact]
    public void The_same_data_gives_the_same_text() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Templates(), template =>
            TemplateCompiler.Compile(template, Schema, TemplateGrammar.Snippets) is not CompileResult.Success success
            || success.Template.Render(Data) == success.Template.Render(Data)));

    /// <summary>Each makes as much as it can of one thing that costs: texts, lists, searching, comparing, walking through characters.</summary>
    [Theory]
    [InlineData("x = \"甲\" * 16000", "x | string.upcase | string.size")]
    [InlineData("x = \"甲\\n\" * 8000", "x | string.escape | string.size")]
    [InlineData("x = \"甲 \" * 8000", "x | string.truncatewords 9000")]
    [InlineData("x = \"甲,\" * 8000", "(x | string.split \",\").size")]
    [InlineData("x = \"甲,\" * 900", "(x | string.split \",\") | array.size")]
    [InlineData("x = \"甲\" * 8000 + \"乙\" + \"甲\" * 7000", "x | string.contains (x | string.slice 1 8500)")]
    [InlineData("x = \"a\" * 16000; y = \"a\" * 4000 + \"b\" + \"a\" * 4000", "x | string.contains y")]
    [InlineData("x = \"a\" * 16000; y = \"a\" * 4000 + \"b\" + \"a\" * 4000", "x | string.replace y \"\"")]
    [InlineData("x = \"a\" * 16000; y = \"a\" * 4000 + \"b\" + \"a\" * 4000", "x | string.remove_last y")]
    [InlineData("x = \"a\" * 16000; y = \"a\" * 4000 + \"b\" + \"a\" * 4000", "(x | string.split y).size")]
    [InlineData("x = \"é\" * 16000", "x | string.starts_with x")]
    [InlineData("x = \"é\" * 16000", "x | string.equals_ignore_case x")]
    [InlineData("x = \"é\" * 16000; l = [x, x + \"\", x, x, x, x, x, x, x, x, x, x, x, x, x, x]; l = l | array.concat l", "(l | array.sort).size")]
    [InlineData("x = \"😀\" * 8000", "x[15998] == \"a\"")]
    [InlineData("x = \"😀\" * 8000", "x | string.slice 15998 2")]
    [InlineData("x = \"%c\" * 600", "d | date.to_string x")]
    [InlineData("x = \"%d\" * 8000", "d | date.to_string x | string.size")]
    [InlineData("x = \"银\" * 1600", "x | html.url_encode | string.size")]
    [InlineData("x = \"a\" * 16000", "x == (x + \"\" | string.downcase)")]
    [InlineData("l = [1,2,3,4,5]; l = l | array.concat l; l = l | array.concat l", "(l | array.uniq).size")]
    [InlineData("l = []", "l = l | array.add l")]
    [InlineData("l = [1]", "l = l | array.insert_at 999 l")]
    [InlineData("x = \"\"", "x = x + \"一二三四五六七八\"")]
    [InlineData("x = \"一\"", "capture x; x; x; end")]
    [InlineData("x = 1", "[[[[[[[[x, x], x], x], x], x], x], x], x].size")]
    public void What_costs_is_paid_for_in_steps(string first, string then)
    {
        var many = string.Concat(Enumerable.Repeat(then + "; ", 250));
        var template = Rendering.Accept($"{{{{ {first}; for i in 1..100; {many}end }}}}", Schema);
        EndsWithinLimits(template, Data);
    }

    /// <summary>A list of literals may be printed whole, and lists can be doubled: what is printed must still be bounded before it is built.</summary>
    [Fact]
    public void A_long_list_of_long_lists_is_not_turned_into_text()
    {
        var literal = "[[\"" + new string('长', 4000) + "\"]]";
        var doubling = string.Concat(Enumerable.Repeat("l = l | array.concat l; ", 9));
        var template = Rendering.Accept($"{{{{ l = {literal}; {doubling} l }}}}", Schema);
        Assert.Equal("text-too-long", Assert.IsType<RenderResult.Failed>(EndsWithinLimits(template, Data)).Error.Code);
    }

    /// <summary>The data may be as long as it likes: what reads it pays, what copies it asks first.</summary>
    [Theory]
    [InlineData("{{ name }}")]
    [InlineData("{{ name + name }}")]
    [InlineData("{{ name | string.upcase | string.size }}")]
    [InlineData("{{ for i in 1..100 }}{{ if name == other }}{{ end }}{{ end }}")]
    [InlineData("{{ many | array.size }}{{ many | array.add 1 | array.size }}")]
    [InlineData("{{ many | array.concat many | array.size }}")]
    [InlineData("{{ many | array.join \",\" }}")]
    [InlineData("{{ wide | object.keys | array.size }}")]
    public void Data_without_end_are_refused_or_cheap(string source)
    {
        var text = new string('甲', 4_000_000);
        var numbers = Enumerable.Range(0, 200_000).ToArray();
        var members = string.Join(',', numbers.Select(i => $"\"m{i}\":{i}"));
        var data = Rendering.Model($"{{\"many\":[{string.Join(',', numbers)}],\"wide\":{{{members}}}}}")
            .With("name", text).With("other", text[1..] + "乙");
        EndsWithinLimits(Rendering.Accept(source, TemplateSchema.Of(data)), data);
    }

    private static RenderResult EndsWithinLimits(CompiledTemplate template, TemplateModel data)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = template.Render(data, out var steps);
        var memory = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(memory, 0, MostMemory);
        Assert.True(watch.ElapsedMilliseconds < 1000, $"{watch.ElapsedMilliseconds} ms");

        // The last step may be a large one: it is counted before its work is done.
        Assert.InRange(steps, 0, result is RenderResult.Rendered ? TemplateLimits.Steps : (2 * TemplateLimits.Steps) + 1);
        if (result is RenderResult.Rendered rendered)
            Assert.InRange(Encoding.UTF8.GetByteCount(rendered.Text), 0, TemplateLimits.OutputBytes);
        return result;
    }

    private static Arbitrary<string> Templates() =>
        Gen.Choose(0, int.MaxValue - 1).ListOf().Select(choices => TemplateGrammar.Write([.. choices])).ToArbitrary();
}

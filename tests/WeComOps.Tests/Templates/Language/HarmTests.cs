using System.Diagnostics;
using System.Text;
using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>What a hostile or careless template can try (reliability.md, faults 27 to 34). Each ends within a second in a clear error.</summary>
public sealed class HarmTests
{
    [Theory]
    [InlineData("{{ x = \"\" | string.pad_left 1048575 }}{{ for i in 1..1000 }}{{ x }}{{ end }}")]
    [InlineData("{{ x = \"\" | string.pad_left 16000 }}{{ for i in 1..100 }}{{ x }}{{ end }}")]
    [InlineData("{{ 1..1000000 | array.size }}")]
    [InlineData("{{ 'A' * 200000000 }}")]
    [InlineData("{{ \"x\" | string.pad_left 500000000 }}")]
    [InlineData("{{ 1 << 2000000000 }}")]
    [InlineData("{{ [1] | array.insert_at 2147483647 1 }}")]
    [InlineData("{{ [1] * 1000000 }}")]
    [InlineData("{{ 1.5 | math.format \"F999999999\" }}")]
    [InlineData("{{ x = \"ab\" }}{{ for i in 1..100 }}{{ x = x + x }}{{ end }}")]
    [InlineData("{{ x = \"ab\" }}{{ for i in 1..100 }}{{ x = x | string.replace \"a\" \"aaaaaaaaaaaaaaaa\" }}{{ end }}")]
    [InlineData("{{ for a in 1..100 }}{{ for b in 1..100 }}{{ for c in 1..100 }}{{ end }}{{ end }}{{ end }}")]
    [InlineData("{{ x = [1,2,3] }}{{ for i in 1..100 }}{{ x = x | array.concat x }}{{ end }}")]
    [InlineData("{{ x = \"a\" * 16000 }}{{ y = \"a\" * 8000 + \"b\" }}{{ x | string.index_of y }}")]
    [InlineData("{{ x = {} }}{{ for i in 1..100 }}{{ x = { a: x, b: x } }}{{ end }}{{ x }}")]
    [InlineData("{{ x = [] }}{{ for i in 1..100 }}{{ x = [x, x, x] }}{{ end }}{{ x }}")]
    [InlineData("{{ o | object.to_json }}")]
    [InlineData("{{ o.secret = 1 }}")]
    [InlineData("{{ o[\"secret\"] = 1 }}")]
    [InlineData("{{ items[0] = 1 }}")]
    [InlineData("{{ items | array.map @string.upcase }}")]
    [InlineData("{{ string.upcase | array.map \"target\" }}")]
    [InlineData("{{ items.capacity }}")]
    [InlineData("{{ \"x\".length }}")]
    [InlineData("{{ o.get_type }}")]
    [InlineData("{{ this }}")]
    [InlineData("{{ \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | regex.match \"(a+)+$\" }}")]
    [InlineData("{{ name }}，您好")]
    public void Ends_in_an_error_within_a_second(string template)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Rendering.Refusal(template, """{"o":{"a":1},"items":[]}""");
        Assert.True(watch.ElapsedMilliseconds < 1000, $"{watch.ElapsedMilliseconds} ms");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData("{{ include 'x' }}")]
    [InlineData("\u200b\u202e王芳\ufeff")]
    [InlineData("👨‍👩‍👧🎁")]
    [InlineData("王\n芳\r\n")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("{{ name }}")]
    public void A_nickname_is_printed_as_it_stands(string nickname)
    {
        var template = Rendering.Accept("{{ name }}", TemplateSchema.Empty.With("name", TemplateType.Text));
        Assert.Equal(new RenderResult.Rendered(nickname), template.Render(TemplateModel.Empty.With("name", nickname)));
    }

    [Fact]
    public void The_length_of_the_output_is_counted_in_bytes()
    {
        var template = Rendering.Accept("{{ text }}", TemplateSchema.Empty.With("text", TemplateType.Text));
        var fits = new string('银', TemplateLimits.OutputBytes / 3);
        Assert.Equal(TemplateLimits.OutputBytes - 1, Encoding.UTF8.GetByteCount(fits));
        Assert.IsType<RenderResult.Rendered>(template.Render(TemplateModel.Empty.With("text", fits)));
        var failed = Assert.IsType<RenderResult.Failed>(template.Render(TemplateModel.Empty.With("text", fits + "银")));
        Assert.Equal("output-too-long", failed.Error.Code);
    }

    [Fact]
    public void A_source_is_measured_in_bytes_and_snippets_count_each_time()
    {
        Assert.IsType<CompileResult.Success>(TemplateCompiler.Compile(new string('x', TemplateLimits.SourceBytes), TemplateSchema.Empty));
        Assert.IsType<CompileResult.Failure>(TemplateCompiler.Compile(new string('银', TemplateLimits.SourceBytes / 2), TemplateSchema.Empty));
        var snippets = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["a"] = string.Concat(Enumerable.Repeat("{{ include 'b' }}", 100)),
            ["b"] = string.Concat(Enumerable.Repeat("{{ include 'c' }}", 100)),
            ["c"] = new('x', 100),
        };
        Assert.Equal("source-too-long", Rendering.Refusal("{{ include 'a' }}", snippets: snippets).Code);
    }

    [Fact]
    public void A_snippet_that_includes_itself_is_refused() =>
        Assert.Equal("snippet-loop", Rendering.Refusal("{{ include 'a' }}", snippets: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["a"] = "{{ include 'b' }}",
            ["b"] = "{{ include 'a' }}",
        }).Code);

    [Fact]
    public void A_missing_variable_fails_before_anything_is_printed()
    {
        var template = Rendering.Accept("尊敬的{{ name }}，您好", TemplateSchema.Empty.With("name", TemplateType.Text));
        var failed = Assert.IsType<RenderResult.Failed>(template.Render(TemplateModel.Empty));
        Assert.Equal("missing-variable", failed.Error.Code);
        Assert.Contains("name", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_another_type_than_declared_is_refused()
    {
        var template = Rendering.Accept("{{ n }}", TemplateSchema.Empty.With("n", TemplateType.Number));
        var failed = Assert.IsType<RenderResult.Failed>(template.Render(TemplateModel.Empty.With("n", "三")));
        Assert.Equal("wrong-variable", failed.Error.Code);
    }

    [Fact]
    public void What_one_rendering_sets_no_other_rendering_sees()
    {
        var template = Rendering.Accept(
            "{{ if first }}{{ secret = name }}{{ end }}{{ secret }}",
            TemplateSchema.Empty.With("first", TemplateType.Boolean).With("name", TemplateType.Text));
        Assert.IsType<RenderResult.Rendered>(template.Render(TemplateModel.Empty.With("first", true).With("name", "甲")));
        var failed = Assert.IsType<RenderResult.Failed>(template.Render(TemplateModel.Empty.With("first", false).With("name", "乙")));
        Assert.Equal("unassigned", failed.Error.Code);
    }

    [Fact]
    public void A_template_cannot_change_its_data()
    {
        var data = Rendering.Model("""{"name":"甲","l":[3,1],"o":{"a":1}}""");
        const string source = "{{ name }}{{ l | array.join \",\" }}{{ o.a }}";
        var changing = Rendering.Accept(source + "{{ name = \"乙\"; l = l | array.sort; l = l | array.add 9; capture name }}丙{{ end }}", TemplateSchema.Of(data));
        Assert.Equal("甲3,11", Assert.IsType<RenderResult.Rendered>(changing.Render(data)).Text);
        Assert.Equal("甲3,11", Assert.IsType<RenderResult.Rendered>(changing.Render(data)).Text);
    }

    [Fact]
    public void Data_cannot_hold_themselves()
    {
        var data = Rendering.Model("""{"a":1}""");
        var self = data.With("self", data);
        Assert.Equal("unknown-member", TemplateCompiler.Compile("{{ self.self.a }}", TemplateSchema.Of(self)) is CompileResult.Failure failure ? failure.Errors[0].Code : null);
        Assert.Equal("1", Assert.IsType<RenderResult.Rendered>(Rendering.Accept("{{ self.a }}", TemplateSchema.Of(self)).Render(self)).Text);
    }

    [Fact]
    public void A_snippet_of_one_template_is_not_known_to_another()
    {
        var mine = new Dictionary<string, string>(StringComparer.Ordinal) { ["s"] = "我的" };
        var theirs = new Dictionary<string, string>(StringComparer.Ordinal) { ["s"] = "别人的", ["t"] = "别人的" };
        Assert.Equal("别人的", Rendering.Print("{{ include \"t\" }}", snippets: theirs));
        Assert.Equal("我的", Rendering.Print("{{ include \"s\" }}", snippets: mine));
        Assert.Equal("unknown-snippet", Rendering.Refusal("{{ include \"t\" }}", snippets: mine).Code);
    }
}

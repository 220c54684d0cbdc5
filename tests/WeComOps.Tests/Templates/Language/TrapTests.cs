using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>Where Scriban would do something that an editor does not expect, the template is refused with the place and a remedy.</summary>
public sealed class TrapTests
{
    private const string Data = """
        {"name":"王芳","n":3,"zero":0,"price":12.5,"yes":true,"nil":null,"emo":"a😀b","tags":["理财"],"o":{"a":1},"items":[{"title":"甲","rate":3.2}],
        "d":{"$date":"2026-11-09T08:05:03"}}
        """;

    [Theory]
    [InlineData("{{ n / zero }}", "division-by-zero")]
    [InlineData("{{ n / 0 }}", "division-by-zero")]
    [InlineData("{{ price % zero }}", "division-by-zero")]
    [InlineData("{{ 7.0 // 2 }}", "integer-division")]
    [InlineData("{{ for i in 3..1 }}{{ i }}{{ end }}", "bad-range")]
    [InlineData("{{ for i in (1..n) }}{{ i }}{{ end }}", "bad-range")]
    [InlineData("{{ for i in 1..101 }}{{ i }}{{ end }}", "bad-range")]
    [InlineData("{{ for t in tags limit:0 }}{{ t }}{{ end }}", "bad-limit")]
    [InlineData("{{ nil || \"客户\" }}", "not-boolean")]
    [InlineData("{{ x = name || \"客户\" }}", "not-boolean")]
    [InlineData("{{ if yes and n }}a{{ end }}", "word-operator")]
    [InlineData("{{ if not yes }}a{{ end }}", "word-operator")]
    [InlineData("{{ if yes }}a{{ elsif n }}b{{ end }}", "else-if")]
    [InlineData("{{ name == 3 }}", "not-comparable")]
    [InlineData("{{ case n }}{{ when \"3\" }}a{{ end }}", "not-comparable")]
    [InlineData("{{ nil + 1 }}", "null-arithmetic")]
    [InlineData("{{ emo | string.slice 0 2 }}", "cuts-character")]
    [InlineData("{{ emo | string.truncate 3 \"…\" }}", "cuts-character")]
    [InlineData("{{ name | string.slice 1 2147483647 }}", "wrong-argument")]
    [InlineData("{{ name | string.slice1 1 2147483647 }}", "wrong-argument")]
    [InlineData("{{ -2147483648 | math.abs }}", "number-too-large")]
    [InlineData("{{ x = -2147483648 }}{{ -x }}", "number-too-large")]
    [InlineData("{{ [[1, 2], [3]] | array.map \"size\" | array.size }}", "wrong-argument")]
    [InlineData("{{ { a: 1 } }}", "whole-object")]
    [InlineData("{{ x = { a: 1, a: 2 } }}", "member-name")]
    [InlineData("{{ x = { name: 1, b: name } }}", "member-name")]
    [InlineData("{{ x = { if: 1 } }}", "member-name")]
    [InlineData("{{ d | date.to_string \"%x\" \"zh-CN\" }}", "wrong-argument")]
    [InlineData("{{ name | string.truncate 1.5 }}", "wrong-argument")]
    [InlineData("{{ tags[12345678901] }}", "bad-index")]
    [InlineData("{{ name[-12345678901] }}", "bad-index")]
    [InlineData("{{ for t in tags limit:12345678901 }}{{ t }}{{ end }}", "bad-limit")]
    [InlineData("{{ for t in tags offset:12345678901 }}{{ t }}{{ end }}", "bad-limit")]
    [InlineData("{{ name | string.truncate (-2147483647) }}", "wrong-argument")]
    [InlineData("{{ \"\" * 12345678901 }}", "number-too-large")]
    [InlineData("{{ -12345678901 * name }}", "number-too-large")]
    [InlineData("{{ d | date.to_string \"%-d\" }}", "date-format")]
    [InlineData("{{ date.parse \"明天\" }}", "unreadable-date")]
    [InlineData("{{ date.parse \"2026-11-09T08:00:00+08:00\" }}", "unreadable-date")]
    [InlineData("{{ date.parse \"2026-11-09T08:00:00Z\" }}", "unreadable-date")]
    [InlineData("{{ date.parse \"1986-05-04 02:30\" | date.to_string \"%s\" }}", "unreadable-date")]
    [InlineData("{{ tags }}", "whole-list")]
    [InlineData("{{ o }}", "whole-object")]
    [InlineData("{{ \"x\" + tags }}", "whole-list")]
    [InlineData("{{ items | array.map \"title\" }}", "whole-list")]
    [InlineData("{{ name", "missing-close")]
    [InlineData("{{ string = 1 }}", "reserved-name")]
    [InlineData("{{ name | html.escape }}", "html-only")]
    [InlineData("{{ date.now }}", "clock")]
    [InlineData("{{ math.round -2.5 }}", "negative-argument")]
    [InlineData("{{ “中文引号” }}", "chinese-quote")]
    [InlineData("{{ while yes }}{{ end }}", "unsupported")]
    [InlineData("{{ name | regex.replace \"a\" \"b\" }}", "unsupported")]
    [InlineData("{{ o | object.to_json }}", "unsupported")]
    public void Is_refused_with_a_remedy(string template, string code)
    {
        var error = Rendering.Refusal(template, Data);
        Assert.Equal(code, error.Code);
        Assert.True(error is { Line: 1, Column: > 0 });
        Assert.NotEmpty(error.Message);
        Assert.NotEmpty(error.Remedy);
    }

    [Theory]
    [InlineData("{{ if false }}{{ nmae }}{{ end }}", "unknown-variable", 1, 18, "name")]
    [InlineData("{{ if false }}\n{{ o.b }}{{ end }}", "unknown-member", 2, 6, "成员")]
    [InlineData("{{ if false }}{{ name | string.upcas }}{{ end }}", "unknown-function", 1, 32, "string.upcase")]
    [InlineData("{{ for i in items }}{{ i.titel }}{{ end }}", "unknown-member", 1, 26, "title")]
    [InlineData("{{ if false }}{{ name | string.truncate }}{{ end }}", "argument-count", 1, 32, "length")]
    public void What_is_unknown_is_found_in_branches_that_do_not_run(string template, string code, int line, int column, string remedy)
    {
        var schema = TemplateSchema.Of(Rendering.Model(Data));
        var failure = Assert.IsType<CompileResult.Failure>(TemplateCompiler.Compile(template, schema));
        var error = Assert.Single(failure.Errors);
        Assert.Equal((code, line, column), (error.Code, error.Line, error.Column));
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once_in_source_order()
    {
        var failure = Assert.IsType<CompileResult.Failure>(TemplateCompiler.Compile("{{ a }}\n{{ b }}\n{{ c | string.nope }}", TemplateSchema.Empty));
        Assert.Equal([1, 2, 3], failure.Errors.Select(error => error.Line));
    }

    [Fact]
    public void A_list_of_literals_may_be_printed_because_everybody_gets_the_same() =>
        Assert.Equal("[\"甲\", 1]", Rendering.Print("{{ [\"甲\", 1] }}"));
}

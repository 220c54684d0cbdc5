using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>What holds for any text, any source and any data.</summary>
public sealed class LanguageProperties
{
    private static readonly string[] Fragments =
    [
        "{{ ", " }}", "{{~ ", " -}}", "{%{", "}%}", "\n", "  ", "文", "name", "n", "tags", "o.a", "nil", "1", "2.5", "\"x\"", "'y'", "`z`", "(", ")", "[", "]",
        " + ", " - ", " * ", " / ", " // ", " % ", " == ", " < ", " && ", " || ", " ?? ", " ? ", " : ", " | ", "!", ".", "?.", "..", ",", ";", " = ", " += ",
        "if ", "else", "else if ", "end", "for t in ", "for i in 1..3", "case ", "when ", "capture x", "break", "continue", "include 's'", "$1", "#", "##",
        "string.upcase", "string.slice 1 2", "array.join \",\"", "array.sort", "math.round 1", "date.to_string \"%F\"", "object.default 1", "x", "limit:2", "reversed",
        "{{ for t in tags }}", "{{ if n }}", "{{ end }}", "{{ x = x + x }}", "{{ name }}", "for.index",
    ];

    private static readonly TemplateModel Data =
        Rendering.Model("""{"name":"王芳","n":3,"tags":["理财","保险"],"o":{"a":1},"nil":null,"x":"ab"}""");

    private static readonly TemplateSchema Schema = TemplateSchema.Of(Data);

    private static readonly Dictionary<string, string> Snippets = new(StringComparer.Ordinal) { ["s"] = "[{{ name }}]" };

    /// <summary>All of Unicode with lone surrogates, the braces and words of the language, line breaks.</summary>
    private static Arbitrary<string> Texts()
    {
        var units = Gen.Choose(0, char.MaxValue).Select(unit => ((char)unit).ToString());
        var pairs = Gen.Choose(0x10000, 0x10ffff).Select(char.ConvertFromUtf32);
        var halves = Gen.Choose(0xd800, 0xdfff).Select(unit => ((char)unit).ToString());
        string[] marks = ["{", "}", "{{", "}}", "{%{", "}%}", "{{ name }}", "{{~", "-}}", "\n", "\r\n", "\r", "\0", "\u200b", "\u202e", "\\", "\"", "##", "$1", " "];
        return Gen.OneOf(units, pairs, halves, Gen.Elements(marks), Gen.Elements(Fragments)).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }

    [Theory]
    [InlineData("{{ name }}", "", "")]
    [InlineData("{{name}}", "", "")]
    [InlineData("[{{ name }}]", "[", "]")]
    [InlineData("{{ s = name; s }}", "", "")]
    [InlineData("{{ capture s }}{{ name }}{{ end; s }}", "", "")]
    [InlineData("{{ if name }}{{ name + \"\" }}{{ end }}", "", "")]
    [InlineData("{{ for s in [name] }}{{ s }}{{ end }}", "", "")]
    public void Any_text_is_printed_literally(string source, string before, string behind)
    {
        var template = Rendering.Accept(source, TemplateSchema.Empty.With("name", TemplateType.Text));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Texts(), text =>
            Encoding.UTF8.GetByteCount(text) > TemplateLimits.OutputBytes - 2
            || template.Render(TemplateModel.Empty.With("name", text)) is RenderResult.Rendered rendered && rendered.Text == before + text + behind));
    }

    [Fact]
    public void Text_without_braces_is_its_own_output() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<string?>(text =>
        {
            var source = (text ?? string.Empty).Replace('{', '(').Replace("\0", string.Empty, StringComparison.Ordinal);
            return Rendering.Print(source) == source;
        }));

    [Fact]
    public void The_same_data_gives_the_same_text() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Sources(), source =>
            TemplateCompiler.Compile(source, Schema, Snippets) is not CompileResult.Success success
            || success.Template.Render(Data) == success.Template.Render(Data)));

    private static Arbitrary<string> Sources() =>
        Gen.Elements(Fragments).ListOf().Select(fragments => string.Concat(fragments)).ToArbitrary();
}

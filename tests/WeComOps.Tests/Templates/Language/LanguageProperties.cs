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

    [Fact]
    public void Any_text_is_printed_literally()
    {
        var template = Rendering.Accept("{{ name }}", TemplateSchema.Empty.With("name", TemplateType.Text));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<string?>(text =>
            Encoding.UTF8.GetByteCount(text ?? string.Empty) > TemplateLimits.OutputBytes
            || template.Render(TemplateModel.Empty.With("name", text)) is RenderResult.Rendered rendered && rendered.Text == (text ?? string.Empty)));
    }

    [Fact]
    public void Text_without_braces_is_its_own_output() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<string?>(text =>
        {
            var source = (text ?? string.Empty).Replace('{', '(').Replace("\0", string.Empty, StringComparison.Ordinal);
            return Rendering.Print(source) == source;
        }));

    [Fact]
    public void Any_source_ends_in_a_template_or_in_errors_with_work_linear_in_its_length()
    {
        var accepted = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Sources(), source =>
        {
            var result = TemplateCompiler.Compile(source, Schema, Snippets, null, out var steps);
            Assert.InRange(steps, 0, (20 * source.Length) + 50);
            switch (result)
            {
                case CompileResult.Failure failure:
                    Assert.NotEmpty(failure.Errors);
                    Assert.All(failure.Errors, error => Assert.True(error is { Line: > 0, Column: > 0 }));
                    break;
                case CompileResult.Success success:
                    accepted++;
                    EndsWithinLimits(success.Template);
                    break;
            }
        }));
        Assert.True(accepted > 100, $"only {accepted} sources were accepted");
    }

    [Fact]
    public void Any_characters_end_in_a_template_or_in_errors() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string?>(text =>
        {
            var source = "{{" + text;
            TemplateCompiler.Compile(source, Schema, Snippets, null, out var steps);
            return steps <= (20 * source.Length) + 50;
        }));

    [Fact]
    public void The_same_data_gives_the_same_text() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Sources(), source =>
            TemplateCompiler.Compile(source, Schema, Snippets) is not CompileResult.Success success
            || success.Template.Render(Data) == success.Template.Render(Data)));

    private static void EndsWithinLimits(CompiledTemplate template)
    {
        var result = template.Render(Data, out var steps);

        // The last step may be a large one: it is counted before its work is done.
        Assert.InRange(steps, 0, TemplateLimits.Steps + TemplateLimits.OutputBytes);
        if (result is RenderResult.Rendered rendered)
            Assert.InRange(Encoding.UTF8.GetByteCount(rendered.Text), 0, TemplateLimits.OutputBytes);
    }

    private static Arbitrary<string> Sources() =>
        Gen.Elements(Fragments).ListOf().Select(fragments => string.Concat(fragments)).ToArbitrary();
}

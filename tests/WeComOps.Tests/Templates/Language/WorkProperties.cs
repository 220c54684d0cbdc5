using FsCheck;
using FsCheck.Fluent;
using WeComOps.Templates.Language;

namespace WeComOps.Tests.Templates.Language;

/// <summary>Reading a source ends, with work that grows as its length does: characters and tokens looked at, nodes made, names compared.</summary>
public sealed class WorkProperties
{
    private const int StepsPerCharacter = 40;

    /// <summary>What the language is made of, whole words and halves of them, so that a repetition is often the beginning of something.</summary>
    private static readonly string[] Pieces =
    [
        "{{", "{{ ", "}}", " }}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "{%%{", "}%%}", "{", "}", "%", "\n", "\r\n", " ", "\t", "文", "\0", "\\",
        "\"", "'", "`", "``", "\"a\"", "\"\\u00", "#", "##", "(", ")", "[", "]", ",", ";", ":", "?", "?.", "??", ".", "..", "..<", "!", "+", "-", "*", "/", "//", "%", "=", "==", "+=", "<", "&&", "||", "|",
        "a", "name", "nmae", "n", "tags", "tags[0]", "o.a", "o.zz", "x = 1;", "x", "$", "$1", "$9", "1", "1.", "1.5", "1e", "12m", "_", "if ", "if n;", "else;", "else if n;", "end;", "for t in tags;", "for ", "in ", "limit:",
        "case n;", "when 1;", "capture x;", "break;", "continue;", "include 's';", "include 'bad';", "include 'none';", "string.upcase ", "string.nope ", "array.sort ", "a1 = 1;", "longer_than_most_names_are_in_a_template = 1;",
        "{{if n}}", "{{else}}", "{{end}}", "{{for t in tags}}", "{{name}}", "{{nobody}}", "{{ include 's' }}", "{{ include 'bad' }}",
    ];

    private static readonly TemplateSchema Schema = TemplateSchema.Of(Rendering.Model("""{"name":"王芳","n":3,"tags":["理财","保险"],"o":{"a":1},"nil":null}"""));

    private static readonly Dictionary<string, string> Snippets = new(StringComparer.Ordinal) { ["s"] = "[{{ name }}]", ["bad"] = "{{ nmae }}{{ o.b }}" };

    [Fact]
    public void Any_source_ends_in_a_template_or_in_errors_with_work_linear_in_its_length()
    {
        var accepted = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(6000), Prop.ForAll(Sources(Gen.Choose(1, 3)), source => accepted += IsAccepted(source) ? 1 : 0));
        Assert.True(accepted > 100, $"only {accepted} sources were accepted");
    }

    [Fact]
    public void A_source_that_repeats_itself_up_to_the_limit_costs_no_more_for_each_character() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Sources(Gen.Choose(1, TemplateLimits.SourceBytes)), source => { IsAccepted(source); }));

    [Fact]
    public void Any_characters_end_in_a_template_or_in_errors() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string?>(text => { IsAccepted("{{" + text); }));

    [Fact]
    public void Names_that_are_nearly_known_are_looked_for_a_bounded_number_of_times()
    {
        var known = string.Concat(Enumerable.Range(0, 700).Select(i => $"a{i:000}=1;"));
        var unknown = string.Concat(Enumerable.Range(0, 1500).Select(i => $"b{i:000};"));
        var result = TemplateCompiler.Compile("{{" + known + unknown + "}}", TemplateSchema.Empty, null, null, out var steps);
        Assert.Equal(TemplateLimits.Errors, Assert.IsType<CompileResult.Failure>(result).Errors.Count);
        Assert.InRange(steps, 0, StepsPerCharacter * (known.Length + unknown.Length));
    }

    private static bool IsAccepted(string source)
    {
        var result = TemplateCompiler.Compile(source, Schema, Snippets, null, out var steps);

        // A snippet is read again wherever it is included: its text counts as part of the source.
        var expanded = source.Length + (Snippets.Values.Max(text => text.Length) * source.Split("include").Length);
        Assert.InRange(steps, 0, (StepsPerCharacter * Math.Min(expanded, TemplateLimits.ExpandedSourceChars)) + 100);
        if (result is CompileResult.Failure failure)
        {
            Assert.InRange(failure.Errors.Count, 1, TemplateLimits.Errors);
            Assert.All(failure.Errors, error => Assert.True(error is { Line: > 0, Column: > 0, Message.Length: > 0, Remedy.Length: > 0 }));
        }

        return result is CompileResult.Success;
    }

    /// <summary>Runs of a few pieces, each repeated, cut to the largest source.</summary>
    private static Arbitrary<string> Sources(Gen<int> times) => Gen.Elements(Pieces).NonEmptyListOf()
        .SelectMany(pieces => times.Select(count => (Run: string.Concat(pieces), Count: count)))
        .ListOf()
        .Select(runs => string.Concat(runs.Take(6).Select(run => string.Concat(Enumerable.Repeat(run.Run, Math.Min(run.Count, TemplateLimits.SourceBytes / run.Run.Length))))))
        .Select(source => source.Length > TemplateLimits.SourceBytes ? source[..TemplateLimits.SourceBytes] : source)
        .ToArbitrary();
}

using System.Text.Json.Nodes;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates;

/// <summary>
/// The starter set: each template renders its sample to what is expected, and the rules find nothing that forbids it.
/// To change an expectation on purpose: <c>wecomops templates render X.scriban --data X.sample.json > X.expected.txt</c>.
/// </summary>
public sealed class StarterTemplateTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "templates");
    private static readonly TemplateLint Lint = new(TemplateEngines.Create(), new LintSettings());

    public static TheoryData<string> Files =>
        [.. System.IO.Directory.EnumerateFiles(Folder, "*.scriban", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Renders_its_sample_as_expected(string file)
    {
        var path = Path.Combine(Folder, file);
        var (source, fault) = TemplateSource.Parse(File.ReadAllText(path));
        Assert.True(source is not null, fault?.ToString());
        var (program, faults) = TemplateEngines.Create().Compile(source);
        Assert.True(program is not null, string.Join('\n', faults));
        var sample = Assert.IsType<JsonObject>(JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(path, ".sample.json"))));
        var (text, failure) = TemplatePreview.Render(source, program, sample);
        Assert.True(failure is null, failure?.ToString());
        Assert.Equal(File.ReadAllText(Path.ChangeExtension(path, ".expected.txt")).TrimEnd('\n'), text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_in_it_is_forbidden(string file)
    {
        var report = Lint.Check(File.ReadAllText(Path.Combine(Folder, file)), Today);
        Assert.True(!report.Blocks, string.Join('\n', report.Findings));
        Assert.True(report.Texts > 0);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Lies_in_the_folder_of_its_kind(string file) =>
        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)), TemplateSource.NameOf(TemplateSource.Parse(File.ReadAllText(Path.Combine(Folder, file))).Source!.Kind));

    [Fact]
    public void There_are_two_dozen_over_all_seven_kinds_without_freebies()
    {
        var good = Files.Select(row => row.Data).Where(file => !file.StartsWith("demo", StringComparison.Ordinal)).ToArray();
        Assert.True(good.Length >= 24, $"{good.Length} templates");
        Assert.Equal(7, good.Select(file => Path.GetDirectoryName(file)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(good, file => Assert.DoesNotContain(Lint.Check(File.ReadAllText(Path.Combine(Folder, file)), Today).Findings, finding => finding.Rule is "freebies" or "urgency"));
    }

    [Fact]
    public void The_moments_of_sixty_advisors_do_not_look_copied()
    {
        var moments = System.IO.Directory.EnumerateFiles(Path.Combine(Folder, "moment"), "*.scriban").Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(moments);
        Assert.All(moments, file => Assert.DoesNotContain(Lint.Check(File.ReadAllText(file), Today).Findings, finding => finding.Rule is "alike" or "few-wordings"));
    }
}

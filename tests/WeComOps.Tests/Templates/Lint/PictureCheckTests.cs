using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

public sealed class PictureCheckTests
{
    [Theory]
    [InlineData("moment", "chart.png", null)]
    [InlineData("moment", "0123456789abcdef", null)]
    [InlineData("group_post", "photo.jpg", null)]
    [InlineData("moment", "lost.png", "no-such-picture")]
    [InlineData("moment", "twice.png", "ambiguous-picture")]
    [InlineData("moment", "2222222222222222", null)]
    [InlineData("moment", "photo.jpg", "picture-limits")]
    [InlineData("join_copy", "photo.jpg", "picture-limits")]
    [InlineData("answer", "chart.png", "no-pictures-here")]
    [InlineData("request_copy", "chart.png", "no-pictures-here")]
    public async Task A_picture_that_is_not_there_or_does_not_fit_the_kind_blocks_at_its_place(string kind, string image, string? rule)
    {
        var findings = await CheckAsync($"---\nkind: {kind}\ntitle: x\nimages:\n  - {image}\n---\n好");
        if (rule is null)
        {
            Assert.Empty(findings);
            return;
        }

        var finding = Assert.Single(findings);
        Assert.Equal((rule, LintLevel.Block, 5, 5, image), (finding.Rule, finding.Level, finding.Line, finding.Column, finding.Found));
    }

    [Fact]
    public async Task The_same_picture_twice_is_for_a_person_to_judge() =>
        Assert.Equal([("picture-twice", LintLevel.Warn)], (await CheckAsync("---\nkind: moment\ntitle: x\nimages: [chart.png, chart.png]\n---\n好")).Select(finding => (finding.Rule, finding.Level)));

    [Fact]
    public void Without_a_store_the_report_says_that_pictures_were_not_looked_up()
    {
        var report = new TemplateLint(TemplateEngines.Create(), new LintSettings()).Check("---\nkind: moment\ntitle: x\nimages: [lost.png]\n---\n好", new DateOnly(2026, 11, 9));
        Assert.Contains(report.Findings, finding => finding is { Rule: "pictures-not-checked", Level: LintLevel.Info });
    }

    [Theory]
    [InlineData("images:", "没有写对")]
    [InlineData("images: chart.png", "没有写对")]
    [InlineData("images: [[chart.png]]", "没有写对")]
    [InlineData("images: [\"\"]", "没有写对")]
    [InlineData("images: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", "最多 9 张")]
    public void A_list_that_is_none_or_too_long_is_refused_with_its_line(string images, string says)
    {
        var (source, fault) = TemplateSource.Parse($"---\nkind: moment\ntitle: x\n{images}\n---\n好");
        Assert.Null(source);
        Assert.Equal(4, fault!.Line);
        Assert.Contains(says, fault.Message + fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Nine_are_read_in_their_order() =>
        Assert.Equal(["9", "8", "7", "6", "5", "4", "3", "2", "1"], TemplateSource.Parse("---\nkind: moment\ntitle: x\nimages: [9, 8, 7, 6, 5, 4, 3, 2, 1]\n---\n好").Source!.Images);

    private static async Task<IReadOnlyList<LintFinding>> CheckAsync(string text)
    {
        var source = TemplateSource.Parse(text).Source!;
        return [.. PictureChecks.Of(source, await new TemplatePictures(new PictureShelf()).FindAsync(source, CancellationToken.None))];
    }
}

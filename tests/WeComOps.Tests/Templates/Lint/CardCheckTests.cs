using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>The card of a link is read like the text and fits WeCom.</summary>
public sealed class CardCheckTests
{
    [Fact]
    public void A_card_is_read_with_its_places()
    {
        var source = TemplateSource.Parse("---\nkind: group_post\ntitle: x\ncard: { title: 积存金怎么买, description: 三步看懂, cover: chart.png }\n---\n好").Source!;
        Assert.Equal(new DeclaredCard("积存金怎么买", "三步看懂", "chart.png"), source.Card);
        Assert.Null(TemplateSource.Parse("---\nkind: moment\ntitle: x\n---\n好").Source!.Card);
    }

    [Theory]
    [InlineData("card: 积存金", 4, 7)]
    [InlineData("card: { description: x }", 4, 7)]
    [InlineData("card: { title: \"\" }", 4, 7)]
    [InlineData("card: { title: x, url: \"https://evil.example\" }", 4, 7)]
    [InlineData("card: { title: \"{{ topic }}\" }", 4, 16)]
    public void A_card_that_is_none_is_refused_with_its_place(string card, int line, int column)
    {
        var (source, fault) = TemplateSource.Parse($"---\nkind: moment\ntitle: x\n{card}\n---\n好");
        Assert.Null(source);
        Assert.Equal((line, column), (fault!.Line, fault.Column));
    }

    [Theory]
    [InlineData("moment", "title: 积存金怎么买", null)]
    [InlineData("group_post", "title: 积存金怎么买, description: 三步看懂", null)]
    [InlineData("moment", "title: 一二三四五六七八九十一二三四五六七八九十一", null)]
    [InlineData("moment", "title: 一二三四五六七八九十一二三四五六七八九十一二", "card-too-long")]
    [InlineData("answer", "title: x", "no-card-here")]
    [InlineData("join_copy", "title: x", "no-card-here")]
    [InlineData("moment", "title: 买了稳赚", "return-promise")]
    [InlineData("group_post", "title: x, description: 零风险的选择", "no-risk")]
    public void What_WeCom_does_not_take_or_a_rule_forbids_blocks(string kind, string card, string? rule)
    {
        var blocks = Linting.Check("好", kind, matter: $"card: {{ {card} }}\n").Findings.Where(finding => finding.Level == LintLevel.Block).ToArray();
        Assert.Equal(rule is null ? 0 : 1, blocks.Length);
        if (rule is not null)
        {
            Assert.Equal(6, blocks[0].Line);
            Assert.True(blocks[0].Rule == rule && blocks[0].Column > 9, blocks[0].ToString());
        }
    }

    [Fact]
    public void A_moment_shows_pictures_or_a_card() =>
        Assert.Equal(LintLevel.Block, Linting.Check("好", "moment", matter: "images: [a.png]\ncard: { title: x }\n").Only("card-or-pictures").Level);

    [Fact]
    public void A_moment_shows_no_description() =>
        Assert.Equal(LintLevel.Info, Linting.Check("好", "moment", matter: "card: { title: x, description: y }\n").Only("card-description").Level);
}

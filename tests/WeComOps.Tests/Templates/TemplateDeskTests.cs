using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates;

public sealed class TemplateDeskTests
{
    private readonly Shelf _shelf = new();

    private TemplateDesk Desk => new(_shelf, _shelf, TemplateEngines.Create(), new TemplateLint(TemplateEngines.Create(), new LintSettings()), TimeProvider.System, new TemplatePictures(new PictureShelf()));

    [Fact]
    public async Task A_version_that_breaks_a_rule_is_not_submitted_and_the_rule_is_named_with_its_place()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", "---\nkind: moment\ntitle: x\nproductType: none\n---\n好\n加我微信", TestContext.Current.CancellationToken);
        var refusal = await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken);
        Assert.Contains("第 7 行第 1 列", refusal, StringComparison.Ordinal);
        Assert.Contains("加我微信", refusal, StringComparison.Ordinal);
        Assert.Equal(VersionState.Draft, _shelf.Only.Latest!.State);
    }

    [Fact]
    public async Task Warnings_are_left_to_the_reviewer()
    {
        await Desk.SaveDraftAsync("coupon", "chen", "team", "---\nkind: moment\ntitle: x\nproductType: none\n---\n立减金，手慢无", TestContext.Current.CancellationToken);
        Assert.Null(await Desk.SubmitAsync("coupon", "chen", TestContext.Current.CancellationToken));
        Assert.Equal(VersionState.InReview, _shelf.Only.Latest!.State);
    }

    [Fact]
    public async Task A_text_whose_picture_is_not_there_is_not_submitted()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", "---\nkind: moment\ntitle: x\nproductType: none\nimages:\n  - chart.png\n  - lost.png\n---\n好", TestContext.Current.CancellationToken);
        Assert.Contains("“lost.png”没有这张图片", await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await Desk.SaveDraftAsync("gold", "chen", "team", "---\nkind: moment\ntitle: x\nproductType: none\nimages: [chart.png]\n---\n好", TestContext.Current.CancellationToken);
        Assert.Null(await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken));
    }

    private sealed class Shelf : ITemplateStore, IChangeStore
    {
        private readonly Dictionary<string, Template> _templates = new(StringComparer.Ordinal);

        public Template Only => Assert.Single(_templates).Value;

        public Task<Template?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_templates.GetValueOrDefault(id));

        public Task<IReadOnlyList<Template>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Template>>([.. _templates.Values]);

        public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
        {
            foreach (var template in changes.Templates)
            {
                _templates[template.Id] = template;
            }

            return Task.CompletedTask;
        }
    }
}

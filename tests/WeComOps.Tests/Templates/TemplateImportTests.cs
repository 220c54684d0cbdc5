using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

public sealed class TemplateImportTests
{
    private readonly TemplateShelf _shelf = new();

    private TemplateDesk Desk => _shelf.Desk;

    [Fact]
    public async Task Files_become_drafts_and_what_is_as_it_was_is_left_alone()
    {
        await ImportAsync(("a", "一"), ("b", "一"));
        var again = await ImportAsync(("a", "一"), ("b", "二"), ("c", "一"));
        Assert.Equal(["b", "c"], again.Saved);
        Assert.Equal(["a"], again.Unchanged);
        Assert.Empty(again.Refused);
        Assert.All(await _shelf.ListAsync(TestContext.Current.CancellationToken), template => Assert.Equal((VersionState.Draft, "chen"), (template.Latest!.State, template.Author)));
    }

    [Fact]
    public async Task An_approved_version_stays_in_use_beside_the_imported_draft()
    {
        await ImportAsync(("a", "一"));
        _shelf.Put(_shelf.Only.Submit(DateTimeOffset.UnixEpoch).Approve("sun", DateTimeOffset.UnixEpoch));
        await ImportAsync(("a", "二"));
        Assert.Equal((1, 2, VersionState.Draft), (_shelf.Only.Approved!.Number, _shelf.Only.Latest!.Number, _shelf.Only.Latest.State));
    }

    [Fact]
    public async Task An_open_draft_stays_in_the_history()
    {
        await ImportAsync(("a", "一"));
        await Desk.SaveDraftAsync(new DraftText("a", "zhou", "team", TemplateDeskTests.Source("半天的工夫")), TestContext.Current.CancellationToken);
        await ImportAsync(("a", "二"));
        Assert.Equal([TemplateDeskTests.Source("半天的工夫"), TemplateDeskTests.Source("二")], _shelf.Only.Versions.Select(version => version.Source));
    }

    [Fact]
    public async Task What_is_in_review_or_another_teams_is_left_out()
    {
        await ImportAsync(("a", "一"));
        _shelf.Put(_shelf.Only.Submit(DateTimeOffset.UnixEpoch));
        Assert.Equal(["a"], (await ImportAsync(("a", "二"))).Refused);
        var others = await Desk.ImportAsync([("a", TemplateDeskTests.Source("三"))], "zhao", "others", TestContext.Current.CancellationToken);
        Assert.Equal(["a"], others.Refused);
        Assert.Equal(TemplateDeskTests.Source("一"), _shelf.Only.Latest!.Source);
    }

    [Fact]
    public async Task A_file_without_front_matter_is_left_out_also_over_a_known_template()
    {
        await ImportAsync(("a", "一"));
        var outcome = await Desk.ImportAsync([("a", "没有说明部分"), ("b", "也没有")], "chen", "team", TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b"], outcome.Refused);
        Assert.Equal(TemplateDeskTests.Source("一"), _shelf.Only.Latest!.Source);
    }

    [Fact]
    public async Task Everything_that_does_not_compile_is_still_kept()
    {
        Assert.Equal(["a"], (await ImportAsync(("a", "{{ nobody }}"))).Saved);
    }

    private Task<ImportOutcome> ImportAsync(params (string Id, string Body)[] files) =>
        Desk.ImportAsync([.. files.Select(file => (file.Id, TemplateDeskTests.Source(file.Body)))], "chen", "team", TestContext.Current.CancellationToken);
}

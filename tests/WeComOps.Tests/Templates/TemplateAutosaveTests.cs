using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

/// <summary>A draft is kept while its writer types, and never over what somebody else wrote.</summary>
public sealed class TemplateAutosaveTests
{
    private readonly TemplateShelf _shelf = new();

    private TemplateDesk Desk => _shelf.Desk;

    [Fact]
    public async Task A_pause_in_typing_makes_no_version_and_no_note()
    {
        var first = await KeepAsync("一", read: 0, automatic: false);
        var second = await KeepAsync("一二", first.Template!.Revision);
        var third = await KeepAsync("一二三", second.Template!.Revision);
        Assert.Equal((1, "一二三"), (_shelf.Only.Versions.Count, _shelf.Only.Latest!.Source[^3..]));
        Assert.Equal(_shelf.Only.Revision, third.Template!.Revision);
        Assert.Single(_shelf.Audit);
    }

    [Fact]
    public async Task Typing_in_an_approved_version_begins_one_draft_and_notes_it()
    {
        await KeepAsync("一", read: 0, automatic: false);
        _shelf.Put(_shelf.Only.Submit(DateTimeOffset.UnixEpoch).Approve("sun", DateTimeOffset.UnixEpoch));
        var unchanged = await KeepAsync("一", _shelf.Only.Revision);
        Assert.Equal(1, unchanged.Template!.Latest!.Number);
        var begun = await KeepAsync("一二", _shelf.Only.Revision);
        await KeepAsync("一二三", begun.Template!.Revision);
        Assert.Equal((2, VersionState.Draft), (_shelf.Only.Latest!.Number, _shelf.Only.Latest.State));
        Assert.EndsWith("一", _shelf.Only.Approved!.Source, StringComparison.Ordinal);
        Assert.Equal(["gold@1", "gold@2"], _shelf.Audit.Select(entry => entry.Subject));
    }

    [Fact]
    public async Task A_text_that_somebody_else_saved_meanwhile_is_not_overwritten()
    {
        var read = (await KeepAsync("一", read: 0, automatic: false)).Template!.Revision;
        await KeepAsync("同事写的", read, writer: "zhou");
        var mine = await KeepAsync("我写的", read);
        Assert.True(mine.Conflict);
        Assert.NotNull(mine.Refusal);
        Assert.EndsWith("同事写的", _shelf.Only.Latest!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_decides_at_the_same_moment_sees_the_conflict_too()
    {
        var read = (await KeepAsync("一", read: 0, automatic: false)).Template!.Revision;
        _shelf.Before = () => _shelf.Put(_shelf.Only.SaveDraft(TemplateDeskTests.Source("同事写的"), DateTimeOffset.UnixEpoch, "zhou"));
        Assert.True((await KeepAsync("我写的", read)).Conflict);
        Assert.EndsWith("同事写的", _shelf.Only.Latest!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_wrote_the_same_agree()
    {
        var read = (await KeepAsync("一", read: 0, automatic: false)).Template!.Revision;
        await KeepAsync("二", read);
        Assert.Null((await KeepAsync("二", read)).Refusal);
    }

    [Fact]
    public async Task After_a_conflict_both_texts_can_be_kept()
    {
        var read = (await KeepAsync("一", read: 0, automatic: false)).Template!.Revision;
        await KeepAsync("同事写的", read, writer: "zhou");
        var beside = await Desk.SaveDraftAsync(Text("我写的", "chen") with { Read = read, Beside = true }, TestContext.Current.CancellationToken);
        Assert.Null(beside.Refusal);
        Assert.Equal(["同事写的", "我写的"], _shelf.Only.Versions.Select(version => version.Source.Split('\n')[^1]));
    }

    [Fact]
    public async Task Of_two_new_ones_with_one_id_the_second_is_told()
    {
        _shelf.Before = () => _shelf.Put(new Template("gold", TemplateKind.Moment, "x", "chen", "team", null, []).SaveDraft("先写的", DateTimeOffset.UnixEpoch));
        Assert.True((await KeepAsync("后写的", read: 0, automatic: false)).Conflict);
        Assert.Equal("先写的", _shelf.Only.Latest!.Source);
    }

    private Task<DraftOutcome> KeepAsync(string body, long read, bool automatic = true, string writer = "chen") =>
        Desk.SaveDraftAsync(Text(body, writer) with { Read = read, Automatic = automatic }, TestContext.Current.CancellationToken);

    private static DraftText Text(string body, string writer) => new("gold", writer, "team", TemplateDeskTests.Source(body));
}

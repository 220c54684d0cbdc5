using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

/// <summary>An approval is of what the reviewer read, by a person who wrote nothing of it.</summary>
public sealed class TemplateReviewTests
{
    private readonly TemplateShelf _shelf = new();

    private TemplateDesk Desk => _shelf.Desk;

    [Fact]
    public async Task What_was_read_is_approved_and_the_trail_holds_its_digest()
    {
        var read = await SubmitAsync("一");
        Assert.Null(await Desk.ApproveAsync("gold", read, "sun", TestContext.Current.CancellationToken));
        Assert.Equal(read.Digest, _shelf.Only.Approved!.Hash);
        Assert.Equal(("approve-template", "gold@1", read.Digest), _shelf.Audit[^1] is var entry ? (entry.Action, entry.Subject, entry.Detail) : default);
    }

    [Fact]
    public async Task A_version_that_took_the_place_of_the_one_that_was_read_is_not_approved()
    {
        var read = await SubmitAsync("一");
        Assert.Null(await Desk.ReturnAsync("gold", read, "gu", "再短一些", TestContext.Current.CancellationToken));
        await SubmitAsync("二");
        var refusal = await Desk.ApproveAsync("gold", read, "sun", TestContext.Current.CancellationToken);
        Assert.Equal(2, refusal!.Now);
        Assert.Equal(VersionState.InReview, _shelf.Only.Latest!.State);
        Assert.Equal(2, (await Desk.ReturnAsync("gold", read, "sun", "不好", TestContext.Current.CancellationToken))!.Now);
        Assert.Equal(VersionState.InReview, _shelf.Only.Latest.State);
    }

    [Fact]
    public async Task The_same_number_with_another_text_is_not_approved()
    {
        var read = await SubmitAsync("一");
        _shelf.Put(_shelf.Only with { Versions = [_shelf.Only.Latest! with { Source = TemplateDeskTests.Source("换过") }] });
        Assert.NotNull(await Desk.ApproveAsync("gold", read, "sun", TestContext.Current.CancellationToken));
        Assert.Null(_shelf.Only.Approved);
    }

    [Fact]
    public async Task A_change_between_reading_and_writing_is_seen()
    {
        var read = await SubmitAsync("一");
        _shelf.Before = () => _shelf.Put(_shelf.Only.Return("gu", "改", DateTimeOffset.UnixEpoch).SaveDraft(TemplateDeskTests.Source("二"), DateTimeOffset.UnixEpoch).Submit(DateTimeOffset.UnixEpoch));
        Assert.Equal(2, (await Desk.ApproveAsync("gold", read, "sun", TestContext.Current.CancellationToken))!.Now);
        Assert.Null(_shelf.Only.Approved);
    }

    [Fact]
    public async Task What_a_colleague_has_reviewed_is_not_reviewed_again()
    {
        var read = await SubmitAsync("一");
        await Desk.ReturnAsync("gold", read, "gu", "再短一些", TestContext.Current.CancellationToken);
        var refusal = await Desk.ApproveAsync("gold", read, "sun", TestContext.Current.CancellationToken);
        Assert.Contains("gu", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(VersionState.Returned, _shelf.Only.Latest!.State);
    }

    [Fact]
    public async Task Who_wrote_in_a_version_reviews_neither_it_nor_what_goes_on_from_it()
    {
        await Desk.SaveDraftAsync(Draft("一", "chen"), TestContext.Current.CancellationToken);
        await Desk.SaveDraftAsync(Draft("一二", "sun"), TestContext.Current.CancellationToken);
        var first = await SubmitAsync("一二三");
        Assert.False(_shelf.Only.WaitsFor("sun"));
        Assert.NotNull(await Desk.ApproveAsync("gold", first, "sun", TestContext.Current.CancellationToken));
        Assert.NotNull(await Desk.ApproveAsync("gold", first, "chen", TestContext.Current.CancellationToken));
        Assert.Null(await Desk.ReturnAsync("gold", first, "gu", "再短一些", TestContext.Current.CancellationToken));
        var second = await SubmitAsync("四");
        Assert.False(_shelf.Only.WaitsFor("sun"));
        Assert.NotNull(await Desk.ApproveAsync("gold", second, "sun", TestContext.Current.CancellationToken));
        Assert.Null(await Desk.ApproveAsync("gold", second, "gu", TestContext.Current.CancellationToken));

        var third = await SubmitAsync("五");
        Assert.Null(await Desk.ApproveAsync("gold", third, "sun", TestContext.Current.CancellationToken));
    }

    private async Task<ReadVersion> SubmitAsync(string body)
    {
        await Desk.SaveDraftAsync(Draft(body, "chen"), TestContext.Current.CancellationToken);
        Assert.Null(await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken));
        return ReadVersion.Of(_shelf.Only.Latest!);
    }

    private static DraftText Draft(string body, string writer) => new("gold", writer, "team", TemplateDeskTests.Source(body));
}

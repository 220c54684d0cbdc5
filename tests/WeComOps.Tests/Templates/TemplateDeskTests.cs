using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

public sealed class TemplateDeskTests
{
    private readonly TemplateShelf _shelf = new();

    private TemplateDesk Desk => _shelf.Desk;

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
    public async Task Whether_colleagues_would_post_one_sentence_is_judged_for_as_many_as_there_are()
    {
        const string text = "---\nkind: moment\ntitle: x\nproductType: none\nwordings:\n  a: [早上好, 今天想说一件小事]\n  b: [有问题请留言, 想了解的可以私信我]\n---\n{{ a }}。{{ b }}";
        _shelf.Advisors = 120;
        Assert.DoesNotContain((await Desk.CheckAsync(text, TestContext.Current.CancellationToken)).Findings, finding => finding.Rule == "few-wordings");
        _shelf.Advisors = 121;
        Assert.Contains((await Desk.CheckAsync(text, TestContext.Current.CancellationToken)).Findings, finding => finding.Rule == "few-wordings" && finding.Message.Contains("121", StringComparison.Ordinal));
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

    [Fact]
    public async Task Withdrawn_content_is_out_of_use_until_something_new_is_approved()
    {
        await ApproveAsync("好");
        await ApproveAsync("更好");
        Assert.Contains("第 2 版", await Desk.WithdrawAsync("gold", 1, "chen", "过时", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotNull(await Desk.WithdrawAsync("gold", 2, "chen", " ", TestContext.Current.CancellationToken));
        Assert.NotNull(_shelf.Only.Approved);

        Assert.Null(await Desk.WithdrawAsync("gold", 2, "chen", " 过时 ", TestContext.Current.CancellationToken));

        Assert.Null(_shelf.Only.Approved);
        Assert.Null(_shelf.Only.ApprovedAs(1));
        Assert.All(_shelf.Only.Versions, version => Assert.Equal((VersionState.Withdrawn, "chen", "过时"), (version.State, version.Withdrawal!.By, version.Withdrawal.Reason)));
        Assert.Equal(("withdraw-template", "gold@2", "过时"), (_shelf.Audit[^1].Action, _shelf.Audit[^1].Subject, _shelf.Audit[^1].Detail));
        Assert.NotNull(await Desk.WithdrawAsync("gold", 2, "chen", "又一次", TestContext.Current.CancellationToken));
        await ApproveAsync("最新");
        Assert.Equal(3, _shelf.Only.Approved!.Number);
    }

    private async Task ApproveAsync(string text)
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", Source(text), TestContext.Current.CancellationToken);
        Assert.Null(await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken));
        Assert.Null(await Desk.ApproveAsync("gold", ReadVersion.Of(_shelf.Only.Latest!), "gu", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_colleague_changed_after_it_was_read_is_not_handed_in()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", Source("好"), TestContext.Current.CancellationToken);
        await Desk.SaveDraftAsync(new DraftText("gold", "zhou", "team", Source("更好")), TestContext.Current.CancellationToken);
        Assert.NotNull(await Desk.SubmitAsync("gold", "chen", Source("好"), TestContext.Current.CancellationToken));
        Assert.Equal(VersionState.Draft, _shelf.Only.Latest!.State);
        Assert.Null(await Desk.SubmitAsync("gold", "chen", Source("更好"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_draft_does_not_change_what_the_approved_text_is_known_as()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", Source("好"), TestContext.Current.CancellationToken);
        await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken);
        await Desk.ApproveAsync("gold", ReadVersion.Of(_shelf.Only.Latest!), "sun", TestContext.Current.CancellationToken);

        await Desk.SaveDraftAsync(new DraftText("gold", "chen", "team", Source("更好").Replace("kind: moment", "kind: answer", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        Assert.Equal(TemplateKind.Moment, _shelf.Only.Kind);

        await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken);
        Assert.Null(await Desk.ApproveAsync("gold", ReadVersion.Of(_shelf.Only.Latest!), "sun", TestContext.Current.CancellationToken));
        Assert.Equal(TemplateKind.Answer, _shelf.Only.Kind);
    }

    [Fact]
    public async Task Only_the_author_hands_a_draft_in()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", Source("好"), TestContext.Current.CancellationToken);
        await Desk.SaveDraftAsync(new DraftText("gold", "zhou", "team", Source("更好")), TestContext.Current.CancellationToken);
        Assert.NotNull(await Desk.SubmitAsync("gold", "zhou", TestContext.Current.CancellationToken));
        Assert.Null(await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken));
        Assert.Equal(["chen", "zhou"], _shelf.Only.Latest!.Writers);
    }

    [Fact]
    public async Task Another_team_does_not_write_in_it()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", Source("好"), TestContext.Current.CancellationToken);
        var outcome = await Desk.SaveDraftAsync(new DraftText("gold", "zhou", "others", Source("更好")), TestContext.Current.CancellationToken);
        Assert.NotNull(outcome.Refusal);
        Assert.Equal(Source("好"), _shelf.Only.Latest!.Source);
    }

    [Fact]
    public async Task What_is_in_review_is_not_written_in()
    {
        await Desk.SaveDraftAsync("gold", "chen", "team", Source("好"), TestContext.Current.CancellationToken);
        await Desk.SubmitAsync("gold", "chen", TestContext.Current.CancellationToken);
        var outcome = await Desk.SaveDraftAsync(new DraftText("gold", "chen", "team", Source("更好")), TestContext.Current.CancellationToken);
        Assert.NotNull(outcome.Refusal);
        Assert.Equal((1, VersionState.InReview), (_shelf.Only.Latest!.Number, _shelf.Only.Latest.State));
    }

    internal static string Source(string body) => $"---\nkind: moment\ntitle: x\nproductType: none\n---\n{body}";
}

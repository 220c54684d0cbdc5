namespace WeComOps.WeCom.Tests.Api;

public sealed class MomentsTests
{
    private const string Moment = "momEXMOMENT000000000000000001";

    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1767196800);
    private readonly FakeWeCom _wecom = new();

    [Fact]
    public async Task A_task_names_text_link_executors_and_tags()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "jobid": "EXJOBID0001"}""");

        var result = await _wecom.Api.CreateMomentTaskAsync(
            new("今日市场要点（示例）", new("标题", "https://b.example/l/1?a=1&b=2", "MEDIA_ID"), ["adv_zhang", "adv_li"], ["etEXTAG"]), default);

        Assert.Equal("EXJOBID0001", result.Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_moment_task", """{"text": {"content": "今日市场要点（示例）"}, "attachments": [{"msgtype": "link", "link": {"title": "标题", "url": "https://b.example/l/1?a=1&b=2", "media_id": "MEDIA_ID"}}], "visible_range": {"sender_list": {"user_list": ["adv_zhang", "adv_li"]}, "external_contact_list": {"tag_list": ["etEXTAG"]}}}""");
        Assert.Contains("今日市场要点（示例）", _wecom.Only.Body, StringComparison.Ordinal);
        Assert.Contains("a=1&b=2", _wecom.Only.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_link_and_tags_neither_is_sent()
    {
        _wecom.Answer("""{"errcode": 0, "jobid": "J"}""");
        await _wecom.Api.CreateMomentTaskAsync(new("x", null, ["adv_zhang"], []), default);
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_moment_task", """{"text": {"content": "x"}, "visible_range": {"sender_list": {"user_list": ["adv_zhang"]}}}""");
    }

    public static TheoryData<string, NewMomentTask> Violations => new()
    {
        { "no text", new("", null, ["a"], []) },
        { "text of 2,001", new(new string('字', 2001), null, ["a"], []) },
        { "nobody: WeCom would take everybody", new("x", null, [], []) },
        { "everybody by name", new("x", null, ["@all"], []) },
        { "title of 66 bytes", new("x", new(new string('字', 22), "https://b.example", null), ["a"], []) },
        { "no address", new("x", new("t", "", null), ["a"], []) },
        { "address of 2,049 bytes", new("x", new("t", "https://" + new string('a', 2041), null), ["a"], []) },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_task_beyond_the_limits_is_refused_unsent(string violation, NewMomentTask task)
    {
        (await _wecom.Api.CreateMomentTaskAsync(task, default)).RejectedWith(40058);
        Assert.True(_wecom.Requests.IsEmpty, violation);
    }

    [Fact]
    public async Task A_finished_job_names_the_moment_and_who_was_left_out()
    {
        _wecom.Answer($$$"""{"errcode": 0, "status": 3, "type": "add_moment_task", "result": {"errcode": 0, "errmsg": "ok", "moment_id": "{{{Moment}}}", "invalid_sender_list": {"user_list": ["adv_gone"], "department_list": [99]}, "invalid_external_contact_list": {"tag_list": ["etEXBAD"]}} }""");

        var job = (await _wecom.Api.GetMomentJobAsync("EXJOB/1", default)).Done();

        _wecom.Only.IsGet("/cgi-bin/externalcontact/get_moment_task_result", "&jobid=EXJOB%2F1");
        Assert.Equal((true, Moment, 0, "ok"), (job.Finished, job.MomentId, job.ErrorCode, job.ErrorMessage));
        Assert.Equal(["adv_gone"], job.InvalidUserIds);
    }

    [Theory]
    [InlineData("""{"errcode": 0, "status": 2, "type": "add_moment_task", "result": {}}""")]
    [InlineData("""{"errcode": 0, "status": 1}""")]
    public async Task A_running_job_is_not_finished(string answer)
    {
        var job = (await _wecom.Answer(answer).Api.GetMomentJobAsync("J", default)).Done();
        Assert.Equal((false, null), (job.Finished, job.MomentId));
    }

    [Fact]
    public async Task A_task_is_cancelled()
    {
        (await _wecom.Code(0).Api.CancelMomentTaskAsync(Moment, default)).Done();
        _wecom.Only.IsPost("/cgi-bin/externalcontact/cancel_moment_task", $$"""{"moment_id": "{{Moment}}"}""");
    }

    [Fact]
    public async Task Corp_moments_are_listed_twenty_at_a_time()
    {
        _wecom.Answer($$$"""{"errcode": 0, "next_cursor": "C", "moment_list": [{"moment_id": "{{{Moment}}}", "create_time": "1767225600", "create_type": 0, "text": {"content": "要点"}, "location": {"latitude": "23.1"}}]}""")
            .Answer("""{"errcode": 0, "next_cursor": "", "moment_list": [{"moment_id": "m2", "create_time": 1767225601}]}""");

        Assert.Equal(
            [new(Moment, "要点", DateTimeOffset.FromUnixTimeSeconds(1767225600), []), new("m2", "", DateTimeOffset.FromUnixTimeSeconds(1767225601), [])],
            (await _wecom.Api.ListMomentsAsync(From, From.AddDays(7), default)).Done());
        _wecom.Requests.First().IsPost("/cgi-bin/externalcontact/get_moment_list", """{"start_time": 1767196800, "end_time": 1767801600, "filter_type": 0, "cursor": "", "limit": 20}""");
    }

    [Fact]
    public async Task More_than_30_days_of_moments_are_refused_unsent()
    {
        (await _wecom.Api.ListMomentsAsync(From, From.AddDays(30).AddSeconds(1), default)).RejectedWith(40058);
        (await _wecom.Api.ListMomentsAsync(From, From.AddSeconds(-1), default)).RejectedWith(40058);
        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task A_task_shows_who_has_published()
    {
        _wecom.Answer("""{"errcode": 0, "next_cursor": "", "task_list": [{"userid": "adv_zhang", "publish_status": 1}, {"userid": "adv_li", "publish_status": 0}]}""");

        Assert.Equal([new("adv_zhang", true), new("adv_li", false)], (await _wecom.Api.GetMomentTaskAsync(Moment, default)).Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_moment_task", $$"""{"moment_id": "{{Moment}}", "cursor": "", "limit": 1000}""");
    }

    [Fact]
    public async Task Reach_is_asked_with_the_member()
    {
        _wecom.Answer("""{"errcode": 0, "customer_list": [{"external_userid": "wm1  "}, {"external_userid": "wm2"}]}""");

        Assert.Equal(["wm1", "wm2"], (await _wecom.Api.GetMomentReachAsync(Moment, "adv_zhang", default)).Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_moment_send_result", $$"""{"moment_id": "{{Moment}}", "userid": "adv_zhang", "cursor": "", "limit": 3000}""");
    }

    [Fact]
    public async Task Reactions_say_who_and_when()
    {
        _wecom.Answer("""{"errcode": 0, "comment_list": [{"external_userid": "wm1", "create_time": 1767229200}, {"userid": "adv_zhang", "create_time": 1767229300}], "like_list": [{"external_userid": "wm2", "create_time": 1767229250}]}""");

        var reactions = (await _wecom.Api.GetMomentReactionsAsync(Moment, "adv_zhang", default)).Done();

        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_moment_comments", $$"""{"moment_id": "{{Moment}}", "userid": "adv_zhang"}""");
        Assert.Equal(
            [new("wm1", null, DateTimeOffset.FromUnixTimeSeconds(1767229200)), new(null, "adv_zhang", DateTimeOffset.FromUnixTimeSeconds(1767229300))],
            reactions.Comments);
        Assert.Equal([new("wm2", null, DateTimeOffset.FromUnixTimeSeconds(1767229250))], reactions.Likes);
    }
}

namespace WeComOps.WeCom.Tests.Api;

public sealed class GroupsAndPostsTests
{
    private const string Msg = "msgEXMSG0000000000000000000001";
    private const string Chat = "wrEXCHAT0000000000000000000001";

    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1767196800);
    private readonly FakeWeCom _wecom = new();

    [Fact]
    public async Task A_post_goes_to_the_named_groups_of_its_sender()
    {
        _wecom.Answer($$"""{"errcode": 0, "fail_list": [], "msgid": "{{Msg}}"}""");

        Assert.Equal(Msg, (await _wecom.Api.CreateGroupPostAsync(
            new("adv_zhang", "今日市场要点", new("稳健理财A款", "https://b.example/p/1", null), [Chat]), default)).Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_msg_template", $$"""{"chat_type": "group", "sender": "adv_zhang", "chat_id_list": ["{{Chat}}"], "text": {"content": "今日市场要点"}, "attachments": [{"msgtype": "link", "link": {"title": "稳健理财A款", "url": "https://b.example/p/1"} }]}""");
    }

    [Fact]
    public async Task Without_groups_it_goes_to_all_of_the_sender()
    {
        _wecom.Answer("""{"errcode": 0, "msgid": "m"}""");
        await _wecom.Api.CreateGroupPostAsync(new("adv_zhang", "x", null, []), default);
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_msg_template", """{"chat_type": "group", "sender": "adv_zhang", "text": {"content": "x"}}""");
    }

    [Theory]
    [InlineData("", "x", 1)]
    [InlineData("a|b", "x", 1)]
    [InlineData("adv", "", 1)]
    [InlineData("adv", "4001", 1)]
    [InlineData("adv", "x", 2001)]
    public async Task A_post_beyond_the_limits_is_refused_unsent(string sender, string text, int groups)
    {
        var content = text == "4001" ? new string('字', 1333) + "xx" : text;
        (await _wecom.Api.CreateGroupPostAsync(new(sender, content, null, [.. Enumerable.Repeat(Chat, groups)]), default)).RejectedWith(40058);
        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task A_text_of_exactly_4000_bytes_is_sent()
    {
        _wecom.Answer("""{"errcode": 0, "msgid": "m"}""");
        (await _wecom.Api.CreateGroupPostAsync(new("adv", new string('字', 1333) + "x", null, [Chat]), default)).Done();
    }

    [Fact]
    public async Task Corp_posts_to_groups_are_listed()
    {
        _wecom.Answer("""{"errcode": 0, "next_cursor": "", "group_msg_list": [{"msgid": "m1", "create_time": 1767225600, "create_type": 0, "text": {"content": "要点"}, "attachments": [{"msgtype": "video", "video": {"media_id": "M"}}]}]}""");

        Assert.Equivalent(
            new ListedPush("m1", "要点", DateTimeOffset.FromUnixTimeSeconds(1767225600), []), Assert.Single((await _wecom.Api.ListGroupPostsAsync(From, From.AddDays(7), default)).Done()), strict: true);
        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_groupmsg_list_v2", """{"chat_type": "group", "start_time": 1767196800, "end_time": 1767801600, "filter_type": 0, "limit": 100, "cursor": ""}""");
    }

    [Fact]
    public async Task Tasks_say_who_has_sent_and_when()
    {
        _wecom.Answer("""{"errcode": 0, "task_list": [{"userid": "a", "status": 2, "send_time": 1767229200}, {"userid": "b", "status": 0}, {"userid": "c", "status": 0, "send_time": 0}]}""");

        Assert.Equal(
            [new("a", true, DateTimeOffset.FromUnixTimeSeconds(1767229200)), new("b", false, null), new("c", false, null)],
            (await _wecom.Api.GetGroupPostTaskAsync(Msg, default)).Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_groupmsg_task", $$"""{"msgid": "{{Msg}}", "limit": 1000, "cursor": ""}""");
    }

    [Fact]
    public async Task A_cancelled_post_has_no_tasks_but_an_error() =>
        (await _wecom.Code(41093).Api.GetGroupPostTaskAsync(Msg, default)).RejectedWith(41093);

    [Fact]
    public async Task Results_say_which_groups_it_went_to()
    {
        _wecom.Answer($$"""{"errcode": 0, "send_list": [{"chat_id": "{{Chat}}", "userid": "a", "status": 1, "send_time": 1767229200}, {"external_userid": "wm3", "chat_id": "", "userid": "a", "status": 3}]}""");

        Assert.Equal(
            [new("a", Chat, null, 1, DateTimeOffset.FromUnixTimeSeconds(1767229200)), new("a", null, "wm3", 3, null)],
            (await _wecom.Api.GetGroupPostResultAsync(Msg, "a", default)).Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/get_groupmsg_send_result", $$"""{"msgid": "{{Msg}}", "userid": "a", "limit": 1000, "cursor": ""}""");
    }

    [Fact]
    public async Task A_reminder_is_sent_once_whatever_happens()
    {
        (await _wecom.Code(-1).Api.RemindGroupPostAsync(Msg, default)).IsUnknown();
        _wecom.Only.IsPost("/cgi-bin/externalcontact/remind_groupmsg_send", $$"""{"msgid": "{{Msg}}"}""");
    }

    [Fact]
    public async Task Cancelling_is_repeated_until_it_is_done_and_already_cancelled_is_done()
    {
        (await _wecom.Code(-1).Code(41093).Api.CancelGroupPostAsync(Msg, default)).Done();
        Assert.Equal(2, _wecom.Requests.Count);
        _wecom.Requests.First().IsPost("/cgi-bin/externalcontact/cancel_groupmsg_send", $$"""{"msgid": "{{Msg}}"}""");
    }

    [Fact]
    public async Task Groups_of_owners_are_listed()
    {
        _wecom.Answer("""{"errcode": 0, "group_chat_list": [{"chat_id": "wr1", "status": 0}], "next_cursor": "N"}""")
            .Answer("""{"errcode": 0, "group_chat_list": [{"chat_id": "wr2", "status": 0}]}""");

        Assert.Equal(["wr1", "wr2"], (await _wecom.Api.ListGroupsAsync(["adv_zhang"], default)).Done());
        _wecom.Requests.First().IsPost("/cgi-bin/externalcontact/groupchat/list", """{"status_filter": 0, "owner_filter": {"userid_list": ["adv_zhang"]}, "cursor": "", "limit": 1000}""");
    }

    [Fact]
    public async Task A_group_has_its_members()
    {
        _wecom.Answer($$$"""{"errcode": 0, "group_chat": {"chat_id": "{{{Chat}}}", "name": "理财客户1群", "owner": "adv_zhu", "create_time": 1572505490, "notice": "n", "member_list": [{"userid": "adv_qian", "type": 1, "join_time": 1572505491, "join_scene": 1, "invitor": {"userid": "adv_zhang"}, "name": "张三丰"}, {"userid": "wm1", "type": 2, "unionid": "oz", "join_time": "1572505492", "join_scene": 3, "state": "klsdup3kj3s1"}], "admin_list": [], "member_version": "566b"}}""");

        var group = (await _wecom.Api.GetGroupAsync(Chat, default)).Done();

        _wecom.Only.IsPost("/cgi-bin/externalcontact/groupchat/get", $$"""{"chat_id": "{{Chat}}", "need_name": 1}""");
        Assert.Equal(
            (Chat, "理财客户1群", "adv_zhu", DateTimeOffset.FromUnixTimeSeconds(1572505490), "566b"),
            (group.ChatId, group.Name, group.Owner, group.CreatedAt, group.MemberVersion));
        Assert.Equal(
            [
                new("adv_qian", false, DateTimeOffset.FromUnixTimeSeconds(1572505491), 1, null, "adv_zhang", "张三丰"),
                new("wm1", true, DateTimeOffset.FromUnixTimeSeconds(1572505492), 3, "klsdup3kj3s1", null, null),
            ],
            group.Members);
    }

    [Fact]
    public async Task A_join_way_is_made_without_new_rooms()
    {
        _wecom.Answer("""{"errcode": 0, "config_id": "9ad7"}""");

        Assert.Equal("9ad7", (await _wecom.Api.CreateJoinWayAsync(Chat, "gst_br001", new string('备', 31), default)).Done());
        _wecom.Only.IsPost("/cgi-bin/externalcontact/groupchat/add_join_way", $$"""{"scene": 2, "remark": "{{new string('备', 30)}}", "auto_create_room": 0, "chat_id_list": ["{{Chat}}"], "state": "gst_br001"}""");
    }

    [Fact]
    public async Task A_state_of_more_than_30_characters_is_refused_unsent()
    {
        (await _wecom.Api.CreateJoinWayAsync(Chat, new string('s', 31), "", default)).RejectedWith(40058);
        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task A_join_way_is_read_with_its_code()
    {
        _wecom.Answer($$$"""{"errcode": 0, "join_way": {"config_id": "636a", "scene": 3, "remark": "r", "auto_create_room": 1, "chat_id_list": ["{{{Chat}}}"], "qr_code": "https://wework.qpic.cn/EXAMPLE/0", "state": "s", "mark_source": true}}""");

        var way = (await _wecom.Api.GetJoinWayAsync("636a", default)).Done();

        _wecom.Only.IsPost("/cgi-bin/externalcontact/groupchat/get_join_way", """{"config_id": "636a"}""");
        Assert.Equal(("636a", "https://wework.qpic.cn/EXAMPLE/0", "s"), (way.ConfigId, way.QrCode, way.State));
        Assert.Equal([Chat], way.ChatIds);
    }
}

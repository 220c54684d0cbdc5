namespace WeComOps.WeCom.Tests.Api;

public sealed class MessagesTests
{
    private const string Sent = """{"errcode": 0, "errmsg": "ok", "invaliduser": "", "msgid": "EXMSGID0001", "response_code": "EXRC"}""";

    private static readonly CardButton[] Buttons = [new("btn_accept", "接单"), new("btn_return", "退回")];
    private static readonly CardSelection Selection = new("reason", "分类", [new("opt1", "赎回"), new("opt2", "费率")]);
    private readonly FakeWeCom _wecom = new();

    [Fact]
    public async Task A_text_goes_to_one_member()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "msgid": "EXMSGID0001"}""");

        var sent = (await _wecom.Api.SendMessageAsync(new AppMessage.Text("adv_zhang", "客户问题<已超时>"), default)).Done();

        Assert.Equal(("EXMSGID0001", null), (sent.MsgId, sent.ResponseCode));
        Assert.Empty(sent.InvalidUserIds);
        _wecom.Only.IsPost("/cgi-bin/message/send", """{"touser": "adv_zhang", "msgtype": "text", "agentid": 1000002, "text": {"content": "客户问题<已超时>"}, "enable_duplicate_check": 0}""");
        Assert.Contains("客户问题<已超时>", _wecom.Only.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_with_a_short_description_has_it_under_the_title()
    {
        _wecom.Answer(Sent);

        var sent = (await _wecom.Api.SendMessageAsync(new AppMessage.Card("adv_zhang", "q-20260101-0001", "新的客户问题", "客户：李女士", Buttons, Selection), default)).Done();

        Assert.Equal("EXRC", sent.ResponseCode);
        _wecom.Only.IsPost("/cgi-bin/message/send", """
            {"touser": "adv_zhang", "msgtype": "template_card", "agentid": 1000002, "enable_duplicate_check": 0, "template_card": {
              "card_type": "button_interaction", "main_title": {"title": "新的客户问题", "desc": "客户：李女士"}, "task_id": "q-20260101-0001",
              "button_selection": {"question_key": "reason", "title": "分类", "option_list": [{"id": "opt1", "text": "赎回"}, {"id": "opt2", "text": "费率"}]},
              "button_list": [{"text": "接单", "style": 1, "key": "btn_accept"}, {"text": "退回", "style": 2, "key": "btn_return"}] } }
            """);
    }

    [Fact]
    public async Task A_long_description_becomes_the_body_text()
    {
        _wecom.Answer(Sent);
        var text = new string('长', 31);
        await _wecom.Api.SendMessageAsync(new AppMessage.Card("adv", "t", "题", text, Buttons, null), default);
        _wecom.Only.IsPost("/cgi-bin/message/send", $$"""
            {"touser": "adv", "msgtype": "template_card", "agentid": 1000002, "enable_duplicate_check": 0, "template_card": {
              "card_type": "button_interaction", "main_title": {"title": "题"}, "sub_title_text": "{{text}}", "task_id": "t",
              "button_list": [{"text": "接单", "style": 1, "key": "btn_accept"}, {"text": "退回", "style": 2, "key": "btn_return"}] } }
            """);
    }

    [Fact]
    public async Task Invalid_receivers_are_named_and_none_valid_is_a_refusal()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok : 1/2 invalid", "invaliduser": "adv_gone|adv_left", "msgid": "M"}""").Code(81013);
        var message = new AppMessage.Text("adv", "x");

        Assert.Equal(["adv_gone", "adv_left"], (await _wecom.Api.SendMessageAsync(message, default)).Done().InvalidUserIds);
        (await _wecom.Api.SendMessageAsync(message, default)).RejectedWith(81013);
    }

    public static TheoryData<string, AppMessage> Violations => new()
    {
        { "everybody", new AppMessage.Text("@all", "x") },
        { "two members", new AppMessage.Text("a|b", "x") },
        { "nobody", new AppMessage.Text("", "x") },
        { "no text", new AppMessage.Text("a", "") },
        { "2,049 bytes, which WeCom would cut silently", new AppMessage.Text("a", new string('字', 683)) },
        { "no task id", new AppMessage.Card("a", "", "t", "", Buttons, null) },
        { "a task id with a space", new AppMessage.Card("a", "a b", "t", "", Buttons, null) },
        { "a task id of 129", new AppMessage.Card("a", new string('t', 129), "t", "", Buttons, null) },
        { "a title of 37", new AppMessage.Card("a", "t", new string('题', 37), "", Buttons, null) },
        { "no button", new AppMessage.Card("a", "t", "t", "", [], null) },
        { "seven buttons", new AppMessage.Card("a", "t", "t", "", [.. Enumerable.Range(0, 7).Select(static number => new CardButton($"k{number}", "b"))], null) },
        { "a button of 11", new AppMessage.Card("a", "t", "t", "", [new("k", new string('按', 11))], null) },
        { "two buttons with one key", new AppMessage.Card("a", "t", "t", "", [new("k", "a"), new("k", "b")], null) },
        { "eleven options", new AppMessage.Card("a", "t", "t", "", Buttons, new("q", "t", [.. Enumerable.Range(0, 11).Select(static number => new CardOption($"o{number}", "o"))])) },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_message_beyond_the_limits_is_refused_unsent(string violation, AppMessage message)
    {
        (await _wecom.Api.SendMessageAsync(message, default)).RejectedWith(40058);
        Assert.True(_wecom.Requests.IsEmpty, violation);
    }
}

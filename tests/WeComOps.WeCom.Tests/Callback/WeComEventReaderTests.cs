using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom.Tests.Callback;

public sealed class WeComEventReaderTests
{
    private const string User = "adv_zhang";
    private const string Customer = "wmEXCUST0000000000000000000001";
    private const string Chat = "wrEXCHAT0000000000000000000001";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1767225600);

    [Fact]
    public void An_added_customer_comes_with_state_and_welcome_code() => Assert.Equal(
        new WeComEvent.CustomerAdded(At, User, Customer, "st_br001_p01", "WELCOMECODE_EXAMPLE"),
        Contact("add_external_contact", "<State><![CDATA[st_br001_p01]]></State><WelcomeCode><![CDATA[WELCOMECODE_EXAMPLE]]></WelcomeCode>"));

    [Fact]
    public void State_and_welcome_code_may_be_absent_or_empty() => Assert.Equal(
        new WeComEvent.CustomerAdded(At, User, Customer, null, null), Contact("add_external_contact", "<State><![CDATA[]]></State>"));

    [Fact]
    public void A_customer_who_deletes_the_advisor_has_left() => Assert.Equal(
        new WeComEvent.CustomerLeft(At, User, Customer), Contact("del_follow_user"));

    [Fact]
    public void A_customer_whom_the_advisor_deletes_is_removed() => Assert.Equal(
        new WeComEvent.CustomerRemoved(At, User, Customer, null), Contact("del_external_contact"));

    [Fact]
    public void A_transfer_is_named_as_source() => Assert.Equal(
        new WeComEvent.CustomerRemoved(At, User, Customer, "DELETE_BY_TRANSFER"),
        Contact("del_external_contact", "<Source><![CDATA[DELETE_BY_TRANSFER]]></Source>"));

    [Theory]
    [InlineData("edit_external_contact")]
    [InlineData("add_half_external_contact")]
    [InlineData("transfer_fail")]
    [InlineData("msg_audit_approved")]
    [InlineData("invented_tomorrow")]
    public void Other_changes_of_customers_are_kept_as_other(string change) => Assert.Equal(
        new WeComEvent.Other(At, "change_external_contact/" + change), Contact(change));

    [Fact]
    public void A_group_is_created_and_dismissed()
    {
        Assert.Equal(new WeComEvent.GroupCreated(At, Chat), Group("create"));
        Assert.Equal(new WeComEvent.GroupDismissed(At, Chat), Group("dismiss"));
    }

    [Theory]
    [InlineData("add_member", "<JoinScene>3</JoinScene>", 3)]
    [InlineData("del_member", "<QuitScene>0</QuitScene>", 0)]
    [InlineData("add_member", "", null)]
    [InlineData("change_name", "<JoinScene>3</JoinScene><QuitScene>1</QuitScene>", null)]
    public void A_group_update_has_the_scene_of_its_kind(string detail, string scene, int? expected)
    {
        var read = Assert.IsType<WeComEvent.GroupUpdated>(Group("update", $"<UpdateDetail><![CDATA[{detail}]]></UpdateDetail>{scene}"));

        Assert.Equal((At, Chat, detail, expected), (read.At, read.ChatId, read.Detail, read.Scene));
        Assert.Empty(read.Members);
        Assert.Null(read.MemberVersion);
    }

    [Fact]
    public void A_group_update_lists_members_and_version()
    {
        var read = Assert.IsType<WeComEvent.GroupUpdated>(Group(
            "update",
            "<UpdateDetail><![CDATA[add_member]]></UpdateDetail><JoinScene>0</JoinScene><MemChangeCnt>2</MemChangeCnt><MemChangeList><Item><![CDATA[a]]></Item><Item><![CDATA[b]]></Item></MemChangeList><LastMemVer><![CDATA[old]]></LastMemVer><CurMemVer><![CDATA[new]]></CurMemVer>"));

        Assert.Equal(["a", "b"], read.Members);
        Assert.Equal("new", read.MemberVersion);
    }

    [Fact]
    public void A_text_from_an_advisor_is_read() => Assert.Equal(
        new WeComEvent.TextReceived(At, User, "客户问这款产品能提前赎回吗", "7412345678901234567"),
        Read($"<xml><ToUserName><![CDATA[c]]></ToUserName><FromUserName><![CDATA[{User}]]></FromUserName><CreateTime>1767225600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[客户问这款产品能提前赎回吗]]></Content><MsgId>7412345678901234567</MsgId><AgentID>1000002</AgentID></xml>"));

    [Theory]
    [InlineData("OpitonIds", "OpitonId")]
    [InlineData("OptionIds", "OptionId")]
    public void A_click_on_a_card_is_read_in_both_spellings(string list, string item)
    {
        var read = Assert.IsType<WeComEvent.CardClicked>(Event(
            "template_card_event",
            $"<EventKey><![CDATA[btn_accept]]></EventKey><TaskId><![CDATA[q-1]]></TaskId><CardType><![CDATA[button_interaction]]></CardType><ResponseCode><![CDATA[RC]]></ResponseCode><SelectedItems><SelectedItem><QuestionKey><![CDATA[reason]]></QuestionKey><{list}><{item}><![CDATA[opt1]]></{item}><{item}><![CDATA[opt2]]></{item}></{list}></SelectedItem></SelectedItems>"));

        Assert.Equal((At, User, "btn_accept", "q-1", "RC"), (read.At, read.UserId, read.EventKey, read.TaskId, read.ResponseCode));
        Assert.Equal(["opt1", "opt2"], Assert.Single(read.Selected, static pair => pair.Key == "reason").Value);
    }

    [Fact]
    public void A_click_without_a_selection_has_none() => Assert.Empty(Assert.IsType<WeComEvent.CardClicked>(Event(
        "template_card_event", "<EventKey><![CDATA[b]]></EventKey><TaskId><![CDATA[t]]></TaskId>")).Selected);

    [Theory]
    [InlineData("enter_agent", "<EventKey><![CDATA[]]></EventKey>", "enter_agent")]
    [InlineData("click", "<EventKey><![CDATA[MENU_QUEUE]]></EventKey>", "click")]
    [InlineData("subscribe", "", "subscribe")]
    [InlineData("kf_msg_or_event", "<Token>t</Token>", "kf_msg_or_event")]
    [InlineData("change_contact", "<ChangeType>create_user</ChangeType>", "change_contact/create_user")]
    [InlineData("change_external_tag", "<ChangeType><![CDATA[shuffle]]></ChangeType>", "change_external_tag/shuffle")]
    [InlineData("customer_acquisition", "<ChangeType><![CDATA[balance_low]]></ChangeType>", "customer_acquisition/balance_low")]
    [InlineData("template_card_event", "<EventKey>without a task</EventKey>", "template_card_event")]
    public void What_we_do_not_use_is_kept_with_its_name(string name, string rest, string expected) =>
        Assert.Equal(new WeComEvent.Other(At, expected), Event(name, rest));

    [Fact]
    public void An_event_without_time_or_ids_is_other_not_an_error()
    {
        Assert.Equal(
            new WeComEvent.Other(DateTimeOffset.UnixEpoch, "change_external_chat/create"),
            Read("<xml><MsgType>event</MsgType><Event>change_external_chat</Event><ChangeType>create</ChangeType><ChatId>c</ChatId></xml>"));
        Assert.Equal(new WeComEvent.Other(At, "change_external_chat/create"), Read("<xml><MsgType>event</MsgType><Event>change_external_chat</Event><ChangeType>create</ChangeType><CreateTime>1767225600</CreateTime></xml>"));
        Assert.Equal(new WeComEvent.Other(DateTimeOffset.UnixEpoch, "unknown"), Read("<xml/>"));
    }

    [Fact]
    public void A_declaration_or_byte_order_mark_in_front_does_no_harm() => Assert.IsType<WeComEvent.TextReceived>(Read(
        "\uFEFF<?xml version=\"1.0\" encoding=\"gbk\"?><xml><FromUserName>u</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><MsgId>1</MsgId></xml>"));

    [Theory]
    [InlineData("")]
    [InlineData("{\"json\":true}")]
    [InlineData("<xml>")]
    [InlineData("<!DOCTYPE xml><xml/>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><xml>&a;</xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><xml>&b;</xml>")]
    public void What_is_no_harmless_xml_is_a_format_error(string body) => Assert.Throws<FormatException>(() => Read(body));

    [Fact]
    public void Too_long_and_too_deep_xml_is_a_format_error()
    {
        Assert.Throws<FormatException>(() => Read("<xml>" + new string('x', 1024 * 1024) + "</xml>"));
        Assert.Throws<FormatException>(() => Read(string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000))));
    }

    private static WeComEvent Contact(string change, string rest = "") => Event(
        "change_external_contact",
        $"<ChangeType><![CDATA[{change}]]></ChangeType><UserID><![CDATA[{User}]]></UserID><ExternalUserID><![CDATA[{Customer}]]></ExternalUserID>{rest}");

    private static WeComEvent Group(string change, string rest = "") =>
        Event("change_external_chat", $"<ChatId><![CDATA[{Chat}]]></ChatId><ChangeType><![CDATA[{change}]]></ChangeType>{rest}");

    private static WeComEvent Event(string name, string rest) => Read(
        $"<xml><ToUserName><![CDATA[wwCORPEXAMPLE0001]]></ToUserName><FromUserName><![CDATA[{User}]]></FromUserName><CreateTime>1767225600</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event>{rest}</xml>");

    private static WeComEvent Read(string body) => new WeComEventReader().Read(body);
}

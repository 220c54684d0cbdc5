using System.Text;
using System.Text.Json;

namespace WeComOps.Sandbox.Tests;

/// <summary>The structure of the document's samples, the token's rules and the refusals.</summary>
public sealed class ApiTests
{
    private static readonly string[] PostApis =
    [
        "externalcontact/batch/get_by_user", "externalcontact/get_user_behavior_data", "externalcontact/add_moment_task", "externalcontact/cancel_moment_task",
        "externalcontact/get_moment_list", "externalcontact/get_moment_task", "externalcontact/get_moment_customer_list", "externalcontact/get_moment_send_result",
        "externalcontact/get_moment_comments", "externalcontact/add_msg_template", "externalcontact/get_groupmsg_list_v2", "externalcontact/get_groupmsg_task",
        "externalcontact/get_groupmsg_send_result", "externalcontact/remind_groupmsg_send", "externalcontact/cancel_groupmsg_send", "externalcontact/groupchat/list",
        "externalcontact/groupchat/get", "externalcontact/groupchat/add_join_way", "externalcontact/groupchat/get_join_way", "externalcontact/groupchat/update_join_way",
        "externalcontact/groupchat/del_join_way", "message/send", "message/update_template_card", "externalcontact/send_welcome_msg",
    ];

    [Fact]
    public async Task The_token_stays_the_same_while_it_lives_and_then_expires()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var path = $"gettoken?corpid={sandbox.Options.CorpId}&corpsecret={sandbox.Options.Secret}";
        var first = await sandbox.RawAsync(HttpMethod.Get, path, null);
        Assert.Equal(7200, first.GetProperty("expires_in").GetInt32());
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddSeconds(7199));
        var same = await sandbox.RawAsync(HttpMethod.Get, path, null);
        Assert.Equal(first.GetProperty("access_token").GetString(), same.GetProperty("access_token").GetString());
        Assert.Equal(1, same.GetProperty("expires_in").GetInt32());
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddSeconds(1));
        var used = $"externalcontact/get_follow_user_list?access_token={first.GetProperty("access_token").GetString()}";
        Assert.Equal(42001, Code(await sandbox.RawAsync(HttpMethod.Get, used, null)));
        Assert.NotEqual(first.GetProperty("access_token").GetString(), (await sandbox.RawAsync(HttpMethod.Get, path, null)).GetProperty("access_token").GetString(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("gettoken?corpsecret=x", 41002)]
    [InlineData("gettoken?corpid=wwsandbox00000001", 41004)]
    [InlineData("gettoken?corpid=wwother&corpsecret=x", 40013)]
    [InlineData("gettoken?corpid=wwsandbox00000001&corpsecret=wrong", 40001)]
    [InlineData("department/list", 41001)]
    [InlineData("department/list?access_token=nonsense", 40014)]
    public async Task Credentials_are_checked(string path, int code)
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(code, Code(await sandbox.RawAsync(HttpMethod.Get, path, null)));
    }

    [Fact]
    public async Task Every_post_refuses_get_and_an_empty_body()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        foreach (var api in PostApis)
        {
            Assert.Equal(40063, Code(await sandbox.GetAsync(api)));
            Assert.NotEqual(0, Code(await sandbox.PostAsync(api, "not json")));
            Assert.True(Code(await sandbox.PostAsync(api, "{}")) != 0 || api.EndsWith("get_corp_tag_list", StringComparison.Ordinal), api);
        }
    }

    [Fact]
    public async Task An_unknown_path_is_not_found()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var answer = await sandbox.Http.GetAsync(new Uri(sandbox.Server.BaseUrl, "/cgi-bin/nothing"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Departments_and_members_have_the_documents_fields()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var departments = (await sandbox.GetAsync("department/list")).GetProperty("department").EnumerateArray().ToList();
        Assert.Equal(7, departments.Count);
        Assert.Equal("示例银行", departments[0].GetProperty("name").GetString());
        Assert.Equal(1, departments[1].GetProperty("parentid").GetInt32());
        var members = (await sandbox.GetAsync("user/list?department_id=2")).GetProperty("userlist").EnumerateArray().ToList();
        Assert.Equal(2, members.Count);
        Assert.Equal(2, members[0].GetProperty("main_department").GetInt32());
        Assert.Contains(members[0].GetProperty("position").GetString(), (string[])["理财经理", "客户经理"], StringComparer.Ordinal);
        Assert.Equal(12, (await sandbox.GetAsync("user/simplelist?department_id=1&fetch_child=1")).GetProperty("userlist").GetArrayLength());
        Assert.Equal("adv_001", (await sandbox.GetAsync("user/get?userid=ADV_001")).GetProperty("userid").GetString());
        Assert.Equal(60111, Code(await sandbox.GetAsync("user/get?userid=nobody")));
    }

    [Fact]
    public async Task Customers_are_paged_until_the_cursor_is_empty()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var listed = (await sandbox.GetAsync("externalcontact/list?userid=adv_001")).GetProperty("external_userid").EnumerateArray().Select(item => item.GetString()!).ToList();
        List<string> paged = [];
        var cursor = "";
        do
        {
            var page = await sandbox.OkAsync("externalcontact/batch/get_by_user", JsonSerializer.Serialize(new { userid_list = new[] { "adv_001" }, cursor, limit = 15 }));
            paged.AddRange(page.GetProperty("external_contact_list").EnumerateArray().Select(item => item.GetProperty("external_contact").GetProperty("external_userid").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);
        Assert.Equal(listed, paged);
        var one = await sandbox.GetAsync($"externalcontact/get?external_userid={listed[0]}");
        Assert.Equal(1, one.GetProperty("external_contact").GetProperty("type").GetInt32());
        var follow = one.GetProperty("follow_user").EnumerateArray().First(item => item.GetProperty("userid").GetString() == "adv_001");
        Assert.True(follow.GetProperty("createtime").GetInt64() > 0);
        Assert.Contains(follow.GetProperty("oper_userid").GetString(), (string[])["adv_001", listed[0]], StringComparer.Ordinal);
        Assert.Equal(40058, Code(await sandbox.PostAsync("externalcontact/batch/get_by_user", """{"userid_list":["adv_001"],"limit":101}""")));
        Assert.Equal(40096, Code(await sandbox.GetAsync("externalcontact/get?external_userid=wmNOBODY")));
    }

    [Fact]
    public async Task Statistics_are_summed_and_bounded()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var day = SandboxFixture.At("2026-10-19 00:00").ToUnixTimeSeconds();
        Assert.Equal(40058, Code(await StatisticsAsync(sandbox, "adv_001", day - 31 * 86400, day)));
        Assert.Equal(40058, Code(await StatisticsAsync(sandbox, "adv_001", day - 181 * 86400, day - 170 * 86400)));
        Assert.Equal(60111, Code(await StatisticsAsync(sandbox, "nobody", day, day)));
        var rows = (await StatisticsAsync(sandbox, "adv_001", day - 2 * 86400 + 3600, day)).GetProperty("behavior_data").EnumerateArray().ToList();
        Assert.Equal([day - 2 * 86400, day - 86400, day], rows.Select(row => row.GetProperty("stat_time").GetInt64()));
        Assert.False(rows[0].TryGetProperty("reply_percentage", out _));
    }

    [Fact]
    public async Task A_moment_exists_when_its_job_is_done_and_an_unpublished_one_has_no_comments()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var job = await StoryTests.MomentAsync(sandbox, "今日市场要点", ["adv_001", "adv_gone"]);
        Assert.InRange((await sandbox.GetAsync($"externalcontact/get_moment_task_result?jobid={job}")).GetProperty("status").GetInt32(), 1, 2);
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddSeconds(60));
        var done = await sandbox.PostAsync("externalcontact/get_moment_task_result", JsonSerializer.Serialize(new { jobid = job }));
        Assert.Equal(3, done.GetProperty("status").GetInt32());
        Assert.Equal("adv_gone", done.GetProperty("result").GetProperty("invalid_sender_list").GetProperty("user_list")[0].GetString());
        var id = done.GetProperty("result").GetProperty("moment_id").GetString();
        var task = Assert.Single((await sandbox.OkAsync("externalcontact/get_moment_task", JsonSerializer.Serialize(new { moment_id = id }))).GetProperty("task_list").EnumerateArray());
        Assert.Equal(0, task.GetProperty("publish_status").GetInt32());
        Assert.Equal(41062, Code(await sandbox.PostAsync("externalcontact/get_moment_comments", JsonSerializer.Serialize(new { moment_id = id, userid = "adv_001" }))));
        Assert.Equal(41061, Code(await sandbox.PostAsync("externalcontact/get_moment_comments", JsonSerializer.Serialize(new { moment_id = id, userid = "adv_002" }))));
        Assert.Equal(41060, Code(await sandbox.PostAsync("externalcontact/get_moment_task", """{"moment_id":"momNO"}""")));
        await sandbox.OkAsync("externalcontact/cancel_moment_task", JsonSerializer.Serialize(new { moment_id = id }));
        await sandbox.LiveUntilAsync("2026-10-22 20:00");
        Assert.Empty(Assert.Single(sandbox.Books("2026-W43").GetProperty("moments").EnumerateArray()).GetProperty("published").EnumerateArray());
        Assert.Equal(40058, Code(await sandbox.GetAsync($"externalcontact/get_moment_task_result?jobid={job}")));
    }

    [Fact]
    public async Task The_eleventh_moment_of_a_minute_is_refused_until_the_minute_is_over()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        for (var i = 0; i < 10; i++) await StoryTests.MomentAsync(sandbox, $"第{i}条", ["adv_001"]);
        const string Body = """{"text":{"content":"再来一条"},"visible_range":{"sender_list":{"user_list":["adv_001"]}}}""";
        Assert.Equal(45009, Code(await sandbox.PostAsync("externalcontact/add_moment_task", Body)));
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddSeconds(60));
        await sandbox.OkAsync("externalcontact/add_moment_task", Body);
    }

    [Fact]
    public async Task Moments_refuse_what_the_document_refuses()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(41089, Code(await sandbox.PostAsync("externalcontact/add_moment_task", """{"text":{"content":""}}""")));
        Assert.Equal(40058, Code(await sandbox.PostAsync("externalcontact/add_moment_task", JsonSerializer.Serialize(new { text = new { content = new string('长', 2001) } }))));
        Assert.Equal(40007, Code(await sandbox.PostAsync("externalcontact/add_moment_task", """{"attachments":[{"msgtype":"image","image":{"media_id":"no"}}]}""")));
        Assert.Equal(81013, Code(await sandbox.PostAsync("externalcontact/add_moment_task", """{"text":{"content":"x"},"visible_range":{"sender_list":{"user_list":["nobody"]}}}""")));
        Assert.Equal(40058, Code(await sandbox.PostAsync("externalcontact/get_moment_list", """{"start_time":0,"end_time":9000000}""")));
    }

    [Fact]
    public async Task A_group_post_is_sent_by_its_sender_reminded_thrice_and_can_be_cancelled()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(40063, Code(await sandbox.PostAsync("externalcontact/add_msg_template", """{"chat_type":"group","text":{"content":"x"}}""")));
        var id = (await sandbox.OkAsync("externalcontact/add_msg_template", """{"chat_type":"group","sender":"adv_001","text":{"content":"今日要点"}}""")).GetProperty("msgid").GetString();
        var body = JsonSerializer.Serialize(new { msgid = id, userid = "adv_001" });
        Assert.Equal(41063, Code(await sandbox.PostAsync("externalcontact/get_groupmsg_task", body)));
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddSeconds(10));
        Assert.Equal(0, (await sandbox.OkAsync("externalcontact/get_groupmsg_task", body)).GetProperty("task_list")[0].GetProperty("status").GetInt32());
        for (var i = 0; i < 3; i++) await sandbox.OkAsync("externalcontact/remind_groupmsg_send", body);
        Assert.Equal(41094, Code(await sandbox.PostAsync("externalcontact/remind_groupmsg_send", body)));
        await sandbox.LiveUntilAsync("2026-10-20 20:00");
        var task = (await sandbox.OkAsync("externalcontact/get_groupmsg_task", body)).GetProperty("task_list")[0];
        Assert.Equal(2, task.GetProperty("status").GetInt32());
        var row = Assert.Single((await sandbox.OkAsync("externalcontact/get_groupmsg_send_result", body)).GetProperty("send_list").EnumerateArray());
        Assert.StartsWith("wr", row.GetProperty("chat_id").GetString(), StringComparison.Ordinal);
        Assert.Equal(task.GetProperty("send_time").GetInt64(), row.GetProperty("send_time").GetInt64());
        await sandbox.OkAsync("externalcontact/cancel_groupmsg_send", body);
        Assert.Equal(41093, Code(await sandbox.PostAsync("externalcontact/get_groupmsg_task", body)));
        Assert.Equal(41047, Code(await sandbox.PostAsync("externalcontact/get_groupmsg_task", """{"msgid":"no"}""")));
        var span = JsonSerializer.Serialize(new { chat_type = "group", start_time = SandboxFixture.At("2026-10-19 00:00").ToUnixTimeSeconds(), end_time = SandboxFixture.At("2026-10-20 00:00").ToUnixTimeSeconds() });
        var listed = Assert.Single((await sandbox.OkAsync("externalcontact/get_groupmsg_list_v2", span)).GetProperty("group_msg_list").EnumerateArray());
        Assert.Equal("今日要点", listed.GetProperty("text").GetProperty("content").GetString());
        Assert.False(listed.TryGetProperty("creator", out _));
    }

    [Fact]
    public async Task Groups_are_listed_and_read()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        Assert.Equal(40063, Code(await sandbox.PostAsync("externalcontact/groupchat/list", "{}")));
        var list = (await sandbox.OkAsync("externalcontact/groupchat/list", """{"owner_filter":{"userid_list":["adv_003"]},"limit":10}""")).GetProperty("group_chat_list");
        var id = Assert.Single(list.EnumerateArray()).GetProperty("chat_id").GetString();
        var chat = (await sandbox.OkAsync("externalcontact/groupchat/get", JsonSerializer.Serialize(new { chat_id = id }))).GetProperty("group_chat");
        Assert.Equal("adv_003", chat.GetProperty("owner").GetString());
        Assert.Equal(32, chat.GetProperty("member_version").GetString()!.Length);
        var customers = chat.GetProperty("member_list").EnumerateArray().Where(member => member.GetProperty("type").GetInt32() == 2).ToList();
        Assert.InRange(customers.Count, 12, 30);
        Assert.False(customers[0].TryGetProperty("name", out _));
        Assert.Equal(41091, Code(await sandbox.PostAsync("externalcontact/groupchat/add_join_way", JsonSerializer.Serialize(new { scene = 2, chat_id_list = Enumerable.Repeat(id, 6) }))));
    }

    [Fact]
    public async Task Messages_are_checked_and_a_card_is_updated_once()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var some = await sandbox.TellAsync("adv_001|ADV_GONE", "早上好");
        Assert.Equal("adv_gone", some.GetProperty("invaliduser").GetString());
        Assert.Equal(81013, Code(await sandbox.PostAsync("message/send", """{"touser":"nobody","agentid":1000002,"msgtype":"text","text":{"content":"x"}}""")));
        Assert.Equal(82001, Code(await sandbox.PostAsync("message/send", """{"agentid":1000002,"msgtype":"text","text":{"content":"x"}}""")));
        Assert.Equal(301002, Code(await sandbox.PostAsync("message/send", """{"touser":"adv_001","agentid":7,"msgtype":"text","text":{"content":"x"}}""")));
        Assert.Equal(44004, Code(await sandbox.PostAsync("message/send", """{"touser":"adv_001","agentid":1000002,"msgtype":"text","text":{"content":""}}""")));
        Assert.Equal(40008, Code(await sandbox.PostAsync("message/send", """{"touser":"adv_001","agentid":1000002,"msgtype":"poem","poem":{}}""")));
        const string Card = """{"touser":"adv_001","agentid":1000002,"msgtype":"template_card","template_card":{"card_type":"button_interaction","main_title":{"title":"选择客户"},"task_id":"t-1","button_list":[{"text":"确定","key":"ok"}]}}""";
        var code = (await sandbox.OkAsync("message/send", Card)).GetProperty("response_code").GetString();
        Assert.Equal(42014, Code(await sandbox.PostAsync("message/send", Card)));
        var update = JsonSerializer.Serialize(new { userids = new[] { "adv_001" }, agentid = 1000002, response_code = code, button = new { replace_name = "已处理" } });
        Assert.Equal(JsonValueKind.Array, (await sandbox.OkAsync("message/update_template_card", update)).GetProperty("invaliduser").ValueKind);
        Assert.NotEqual(0, Code(await sandbox.PostAsync("message/update_template_card", update)));
    }

    [Fact]
    public async Task An_uploaded_picture_can_be_used_where_it_was_uploaded_for()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.ASCII.GetBytes("a picture")), "media", "a.png" } };
        using var answer = await sandbox.Http.PostAsync(new Uri(sandbox.Server.BaseUrl, $"/cgi-bin/media/upload_attachment?access_token={await sandbox.TokenAsync()}&media_type=image&attachment_type=1"), form);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var id = document.RootElement.GetProperty("media_id").GetString();
        var attachments = new[] { new { msgtype = "image", image = new { media_id = id } } };
        await sandbox.OkAsync("externalcontact/add_moment_task", JsonSerializer.Serialize(new { text = new { content = "图" }, attachments }));
        Assert.Equal(40007, Code(await sandbox.PostAsync("externalcontact/add_msg_template", JsonSerializer.Serialize(new { chat_type = "group", sender = "adv_001", attachments }))));
    }

    [Fact]
    public async Task Media_serve_their_type_for_three_days_and_the_books_know_the_picture()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var bytes = Encoding.ASCII.GetBytes("a picture");
        var video = await UploadAsync(sandbox, bytes, "upload_attachment", "media_type=video&attachment_type=1");
        var image = await UploadAsync(sandbox, bytes, "upload_attachment", "media_type=image&attachment_type=1");
        Assert.Equal(40007, Code(await sandbox.PostAsync("externalcontact/add_moment_task", Moment(video))));
        await sandbox.OkAsync("externalcontact/add_moment_task", Moment(image));
        await sandbox.OkAsync("externalcontact/add_msg_template", JsonSerializer.Serialize(new
        {
            chat_type = "group",
            sender = "adv_001",
            text = new { content = "图" },
            attachments = new[] { new { msgtype = "image", image = new { media_id = await UploadAsync(sandbox, bytes, "upload", "type=image") } } },
        }));

        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        var books = sandbox.Books("2026-W43");
        Assert.Equal(digest, Assert.Single(books.GetProperty("moments")[0].GetProperty("pictures").EnumerateArray()).GetString());
        Assert.Equal(digest, Assert.Single(books.GetProperty("posts")[0].GetProperty("pictures").EnumerateArray()).GetString());
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddDays(3));
        Assert.Equal(40007, Code(await sandbox.PostAsync("externalcontact/add_moment_task", Moment(image))));

        static string Moment(string? id) => JsonSerializer.Serialize(new { text = new { content = "图" }, attachments = new[] { new { msgtype = "image", image = new { media_id = id } } } });
    }

    private static async Task<string?> UploadAsync(SandboxFixture sandbox, byte[] bytes, string call, string query)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "media", "a.png" } };
        using var answer = await sandbox.Http.PostAsync(new Uri(sandbox.Server.BaseUrl, $"/cgi-bin/media/{call}?access_token={await sandbox.TokenAsync()}&{query}"), form);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("media_id").GetString();
    }

    [Fact]
    public async Task A_moment_narrowed_to_a_tag_reaches_only_who_bears_it()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        var group = (await sandbox.OkAsync("externalcontact/add_corp_tag", """{"group_name":"触达","tag":[{"name":"可触达"}]}""")).GetProperty("tag_group");
        var tag = group.GetProperty("tag")[0].GetProperty("id").GetString();
        var customer = (await sandbox.GetAsync("externalcontact/list?userid=adv_001")).GetProperty("external_userid")[3].GetString();
        await sandbox.OkAsync("externalcontact/mark_tag", JsonSerializer.Serialize(new { userid = "adv_001", external_userid = customer, add_tag = new[] { tag } }));
        var body = JsonSerializer.Serialize(new { text = new { content = "只给愿意的人" }, visible_range = new { sender_list = new { user_list = new[] { "adv_001" } }, external_contact_list = new { tag_list = new[] { tag } } } });
        var job = (await sandbox.OkAsync("externalcontact/add_moment_task", body)).GetProperty("jobid").GetString();
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddMinutes(2));
        var id = (await sandbox.GetAsync($"externalcontact/get_moment_task_result?jobid={job}")).GetProperty("result").GetProperty("moment_id").GetString();
        var seen = (await sandbox.OkAsync("externalcontact/get_moment_customer_list", JsonSerializer.Serialize(new { moment_id = id, userid = "adv_001" }))).GetProperty("customer_list");
        Assert.Equal(customer, Assert.Single(seen.EnumerateArray()).GetProperty("external_userid").GetString());
    }

    private static int Code(JsonElement answer) => answer.GetProperty("errcode").GetInt32();

    private static Task<JsonElement> StatisticsAsync(SandboxFixture sandbox, string user, long from, long to) =>
        sandbox.PostAsync("externalcontact/get_user_behavior_data", JsonSerializer.Serialize(new { userid = new[] { user }, start_time = from, end_time = to }));
}

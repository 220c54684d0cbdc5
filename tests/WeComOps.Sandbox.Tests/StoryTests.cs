using System.Globalization;
using System.Text.Json;

namespace WeComOps.Sandbox.Tests;

public sealed class StoryTests
{
    private const string Good = "【黄金观察】昨日上海金收盘回落，美联储降息预期升温，利率下行期可关注债券基金与黄金的配置比例。";
    private const string Coupon = "开户福利：领立减金，积分兑换米面油，抽奖送好礼！";

    [Fact]
    public async Task A_target_is_worked_off_and_accepted_by_people()
    {
        await using var sandbox = await SandboxFixture.StartAsync(connect: true);
        await sandbox.LiveUntilAsync("2026-10-19 08:45");
        await sandbox.TellAsync("@all", "今日任务\n加好友：目标 20 人\n申请文案：您好，我是示例银行的客户经理");
        await sandbox.LiveUntilAsync("2026-10-25 23:55");

        var books = sandbox.Books("2026-W43");
        var sent = books.GetProperty("totals").GetProperty("requestsSent").GetInt32();
        var accepted = books.GetProperty("totals").GetProperty("acceptedInitiatedByAdvisor").GetInt32();
        Assert.InRange(sent, 100, 12 * 23);
        Assert.InRange(accepted, sent * 12 / 100, sent * 36 / 100);
        Assert.Equal(books.GetProperty("totals").GetProperty("accepted").GetInt32(), sandbox.Product!.Events("add_external_contact").Count());
        Assert.Equal(0, sandbox.Product.BadSignatures);
    }

    [Fact]
    public async Task Plain_copy_is_accepted_more_often_than_offers()
    {
        Assert.True(Story.FriendStory.AcceptChance("您好，我是示例银行的李雷") > 2 * Story.FriendStory.AcceptChance("您好，加我领专属福利立减金"));
        Assert.True(Story.FriendStory.AcceptChance(new string('长', 60)) < 0.1);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Statistics_come_the_next_day_from_six()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await sandbox.LiveUntilAsync("2026-10-19 08:45");
        await sandbox.TellAsync("adv_001", "加好友：目标 20 人");
        await sandbox.LiveUntilAsync("2026-10-19 23:00");
        Assert.Equal(0, await AppliedAsync(sandbox, "adv_001"));
        await sandbox.LiveUntilAsync("2026-10-20 05:55");
        Assert.Equal(0, await AppliedAsync(sandbox, "adv_001"));
        await sandbox.LiveUntilAsync("2026-10-20 06:00");
        var applied = await AppliedAsync(sandbox, "adv_001");
        Assert.InRange(applied, 10, 23);
        Assert.Equal(applied, sandbox.Books("2026-W43").GetProperty("totals").GetProperty("requestsSent").GetInt32());
    }

    [Fact]
    public async Task Good_content_brings_questions_and_clicks_and_coupons_bring_losses()
    {
        var good = await LiveWithAsync(Good);
        var coupon = await LiveWithAsync(Coupon);

        Assert.True(Total(good, "commentsValuable") + Total(good, "investmentQuestionsValuable") > 2 * (Total(coupon, "commentsValuable") + Total(coupon, "investmentQuestionsValuable")));
        Assert.True(Total(coupon, "benefitQuestions") > Total(good, "benefitQuestions"));
        Assert.True(Total(coupon, "momentLosses") > 2 * Total(good, "momentLosses") + 3);
        Assert.True(Total(good, "onlineSales") >= Total(coupon, "onlineSales"));
        Assert.True(Total(good, "clicks") > 0);
    }

    [Fact]
    public async Task The_same_seed_tells_the_same_story()
    {
        var first = await EventsAsync(42);
        var again = await EventsAsync(42);
        var other = await EventsAsync(43);

        Assert.True(first.Length > 500);
        Assert.Equal(first, again, StringComparer.Ordinal);
        Assert.NotEqual(first, other, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_group_is_built_under_its_name_and_joined_by_its_code()
    {
        await using var sandbox = await SandboxFixture.StartAsync(connect: true);
        await sandbox.LiveUntilAsync("2026-10-19 08:45");
        foreach (var user in Enumerable.Range(1, 12)) await sandbox.TellAsync($"adv_{user:000}", $"建群：群名「黄金观察·{user}」，截止 10月21日 18:00");
        await sandbox.LiveUntilAsync("2026-10-21 18:00");

        var built = sandbox.Books("2026-W43").GetProperty("groupsBuilt").EnumerateArray().ToList();
        Assert.InRange(built.Count, 6, 12);
        Assert.All(built, group => Assert.StartsWith("黄金观察", group.GetProperty("name").GetString(), StringComparison.Ordinal));
        Assert.Equal(built.Count, sandbox.Product!.Events("create").Count());
        var owner = built[0].GetProperty("userid").GetString()!;
        var chat = built[0].GetProperty("chatId").GetString()!;
        var config = (await sandbox.OkAsync("externalcontact/groupchat/add_join_way", JsonSerializer.Serialize(new { scene = 2, chat_id_list = new[] { chat }, state = "g1" }))).GetProperty("config_id").GetString();
        var way = (await sandbox.OkAsync("externalcontact/groupchat/get_join_way", JsonSerializer.Serialize(new { config_id = config }))).GetProperty("join_way");
        for (var i = 0; i < 8; i++) await MomentAsync(sandbox, $"{Good} 第{i}期，扫码进群 {way.GetProperty("qr_code").GetString()}", [owner]);
        await sandbox.LiveUntilAsync("2026-10-25 12:00");

        var joins = sandbox.Books("2026-W43").GetProperty("joins").EnumerateArray().Where(join => join.GetProperty("byCode").GetBoolean()).ToList();
        Assert.NotEmpty(joins);
        Assert.All(joins, join => Assert.Equal("g1", join.GetProperty("state").GetString()));
        var members = (await sandbox.OkAsync("externalcontact/groupchat/get", JsonSerializer.Serialize(new { chat_id = chat, need_name = 1 }))).GetProperty("group_chat").GetProperty("member_list").EnumerateArray();
        Assert.Equal(joins.Count, members.Count(member => member.GetProperty("join_scene").GetInt32() == 3 && member.GetProperty("state").GetString() == "g1"));
        Assert.Contains(sandbox.Product.Events("update"), xml => (string?)xml.Element("JoinScene") == "3");
    }

    [Fact]
    public async Task A_question_is_named_answered_and_used()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new SandboxOptions { Advisors = 12, Weeks = 1 }, connect: true);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        await sandbox.LiveUntilAsync("2026-10-24 12:00", async _ =>
        {
            foreach (var xml in sandbox.Product!.Callbacks.Where(xml => (string?)xml.Element("MsgType") == "text").ToList())
            {
                var content = (string)xml.Element("Content")!;
                var from = (string)xml.Element("FromUserName")!;
                if (!answered.Add(from + content)) continue;
                await sandbox.OkAsync("message/send", AnswerCard(sandbox, from, content, answered.Count));
            }
        });

        var questions = sandbox.Books("2026-W43").GetProperty("questions").EnumerateArray().ToList();
        Assert.NotEmpty(questions);
        Assert.Contains(questions, question => question.GetProperty("identified").ValueKind == JsonValueKind.String);
        Assert.All(questions, question => Assert.Equal(JsonValueKind.String, question.GetProperty("answeredAt").ValueKind));
        var used = questions.Count(question => question.GetProperty("usedAt").ValueKind == JsonValueKind.String);
        Assert.InRange(used, 1, questions.Count);
        Assert.Equal(used, sandbox.Product!.Callbacks.Count(xml => (string?)xml.Element("Event") == "template_card_event" && (string?)xml.Element("EventKey") == "replied"));
    }

    [Fact]
    public async Task An_advisor_picks_the_customer_that_a_question_did_not_name()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new SandboxOptions { Advisors = 60, Weeks = 1 }, connect: true);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        await sandbox.LiveUntilAsync("2026-10-19 09:00");
        for (var i = 0; i < 6; i++) await MomentAsync(sandbox, $"{Good} 第{i}期");
        await sandbox.LiveUntilAsync("2026-10-21 20:00", async _ =>
        {
            foreach (var question in sandbox.Books("2026-W43").GetProperty("questions").EnumerateArray().Where(question => question.GetProperty("identified").ValueKind == JsonValueKind.Null))
            {
                var user = question.GetProperty("advisor").GetString()!;
                var text = question.GetProperty("text").GetString()!;
                if (!asked.Add(user + text)) continue;
                var everybody = (await sandbox.GetAsync($"externalcontact/list?userid={user}")).GetProperty("external_userid").EnumerateArray().Select(item => item.GetString()!).ToList();
                foreach (var ten in everybody.Chunk(10)) await sandbox.OkAsync("message/send", PickCard(sandbox, user, text, ten, $"pick-{asked.Count}-{everybody.IndexOf(ten[0])}"));
            }
        });

        var picks = sandbox.Product!.Callbacks.Where(xml => (string?)xml.Element("Event") == "template_card_event").ToList();
        Assert.NotEmpty(asked);
        Assert.NotEmpty(picks);
        Assert.All(picks, xml => Assert.Equal("who", (string?)xml.Descendants("QuestionKey").Single()));
        var picked = picks.Select(xml => (string)xml.Descendants("OpitonId").Single()).ToHashSet(StringComparer.Ordinal);
        var identified = sandbox.Books("2026-W43").GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("identified").GetString()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Assert.Subset(identified, picked);
    }

    private static string PickCard(SandboxFixture sandbox, string user, string text, string[] customers, string taskId) => JsonSerializer.Serialize(new
    {
        touser = user,
        agentid = sandbox.Options.AgentId,
        msgtype = "template_card",
        template_card = new
        {
            card_type = "button_interaction",
            main_title = new { title = "这是哪位客户的提问" },
            quote_area = new { quote_text = text },
            task_id = taskId,
            button_selection = new { question_key = "who", title = "客户", option_list = customers.Select(id => new { id, text = "客户" }) },
            button_list = new[] { new { text = "确定", key = "picked", style = 1 } },
        },
    });

    internal static string AnswerCard(SandboxFixture sandbox, string user, string question, int number) => JsonSerializer.Serialize(new
    {
        touser = user,
        agentid = sandbox.Options.AgentId,
        msgtype = "template_card",
        template_card = new
        {
            card_type = "button_interaction",
            main_title = new { title = "客户提问的参考答复" },
            quote_area = new { quote_text = question },
            sub_title_text = $"可以这样回复，详见 {sandbox.Product!.Url}l/answer",
            task_id = string.Create(CultureInfo.InvariantCulture, $"q-{number}"),
            button_list = new[] { new { text = "已回复", key = "replied", style = 1 } },
        },
    });

    internal static async Task<string> MomentAsync(SandboxFixture sandbox, string text, string[]? users = null)
    {
        var body = JsonSerializer.Serialize(new { text = new { content = text }, visible_range = new { sender_list = new { user_list = users ?? [] } } });
        return (await sandbox.OkAsync("externalcontact/add_moment_task", body)).GetProperty("jobid").GetString()!;
    }

    private static async Task<JsonElement> LiveWithAsync(string text)
    {
        await using var sandbox = await SandboxFixture.StartAsync(new SandboxOptions { Advisors = 30, Weeks = 1 }, connect: true);
        foreach (var day in (string[])["2026-10-19", "2026-10-20", "2026-10-21"])
        {
            await ServeAsync(sandbox, $"{day} 09:00");
            await MomentAsync(sandbox, $"{text} {sandbox.Product!.Url}l/{day}");
        }

        await ServeAsync(sandbox, "2026-10-25 23:55");
        return sandbox.Books("2026-W43");
    }

    /// <summary>Polls every fifteen minutes, as a product does: what was never shown cannot be credited.</summary>
    private static async Task ServeAsync(SandboxFixture sandbox, string until)
    {
        var body = JsonSerializer.Serialize(new { start_time = SandboxFixture.At("2026-10-19 00:00").ToUnixTimeSeconds(), end_time = SandboxFixture.At("2026-10-26 00:00").ToUnixTimeSeconds() });
        await sandbox.LiveUntilAsync(until, async tick =>
        {
            if (tick.Minute % 15 != 0) return;
            foreach (var moment in (await sandbox.OkAsync("externalcontact/get_moment_list", body)).GetProperty("moment_list").EnumerateArray())
                await sandbox.OkAsync("externalcontact/get_moment_task", JsonSerializer.Serialize(new { moment_id = moment.GetProperty("moment_id").GetString() }));
        });
    }

    private static int Total(JsonElement books, string name) => books.GetProperty("totals").GetProperty(name).GetInt32();

    private static async Task<int> AppliedAsync(SandboxFixture sandbox, string user)
    {
        var day = SandboxFixture.At("2026-10-19 00:00").ToUnixTimeSeconds();
        var answer = await sandbox.OkAsync("externalcontact/get_user_behavior_data", JsonSerializer.Serialize(new { userid = new[] { user }, start_time = day, end_time = day }));
        return Assert.Single(answer.GetProperty("behavior_data").EnumerateArray()).GetProperty("new_apply_cnt").GetInt32();
    }

    private static async Task<string> EventsAsync(int seed)
    {
        await using var sandbox = await SandboxFixture.StartAsync(new SandboxOptions { Advisors = 12, Weeks = 1, Seed = seed }, connect: true);
        await sandbox.LiveUntilAsync("2026-10-19 08:45");
        await sandbox.TellAsync("@all", "加好友：目标 20 人\n申请文案：您好，我是示例银行的客户经理");
        await MomentAsync(sandbox, $"{Good} {sandbox.Product!.Url}l/a");
        await sandbox.LiveUntilAsync("2026-10-25 23:55");
        var events = await sandbox.PageAsync("/sandbox/books/events?week=2026-W43");
        return events.Replace(sandbox.Product.Url.Authority, "product", StringComparison.Ordinal);
    }
}

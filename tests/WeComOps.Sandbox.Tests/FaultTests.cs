using System.Net;
using System.Text;
using System.Text.Json;

namespace WeComOps.Sandbox.Tests;

public sealed class FaultTests
{
    private const string Post = """{"chat_type":"group","sender":"adv_001","text":{"content":"今日要点"}}""";

    [Fact]
    public async Task A_dropped_reply_leaves_the_message_behind()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await SetAsync(sandbox, """{"dropReply":["externalcontact/add_msg_template"],"times":1}""");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sandbox.PostAsync("externalcontact/add_msg_template", Post));
        await sandbox.OkAsync("externalcontact/add_msg_template", Post);
        var at = sandbox.Clock.GetUtcNow().ToUnixTimeSeconds();
        var listed = await sandbox.OkAsync("externalcontact/get_groupmsg_list_v2", JsonSerializer.Serialize(new { chat_type = "group", start_time = at - 60, end_time = at + 60 }));
        Assert.Equal(2, listed.GetProperty("group_msg_list").GetArrayLength());
    }

    [Fact]
    public async Task Server_errors_limits_and_a_dead_token_are_answered()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        await SetAsync(sandbox, """{"serverError":["externalcontact/get_follow_user_list"],"times":1}""");
        using (var answer = await sandbox.Http.GetAsync(new Uri(sandbox.Server.BaseUrl, $"/cgi-bin/externalcontact/get_follow_user_list?access_token={await sandbox.TokenAsync()}")))
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        await SetAsync(sandbox, """{"rateLimited":["*"]}""");
        Assert.Equal(45009, (await sandbox.GetAsync("externalcontact/get_follow_user_list")).GetProperty("errcode").GetInt32());
        await SetAsync(sandbox, """{"expireToken":true}""");
        Assert.Equal(42001, (await sandbox.GetAsync("externalcontact/get_follow_user_list")).GetProperty("errcode").GetInt32());
    }

    [Fact]
    public async Task Callbacks_are_lost_and_doubled_as_told()
    {
        await using var lost = await SandboxFixture.StartAsync(connect: true);
        await SetAsync(lost, """{"loseCallbacks":1}""");
        await WorkAsync(lost);
        Assert.Empty(lost.Product!.Callbacks);
        Assert.True(lost.Books("2026-W43").GetProperty("accepted").GetArrayLength() > 0);

        await using var doubled = await SandboxFixture.StartAsync(connect: true);
        await SetAsync(doubled, """{"duplicateCallbacks":1}""");
        await WorkAsync(doubled);
        Assert.Equal(2 * doubled.Books("2026-W43").GetProperty("accepted").GetArrayLength(), doubled.Product!.Events("add_external_contact").Count());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task A_refused_callback_is_tried_again_only_by_the_older_rule(bool retry, int tries)
    {
        await using var sandbox = await SandboxFixture.StartAsync(connect: true);
        sandbox.Product!.CallbackStatus = 500;
        await SetAsync(sandbox, JsonSerializer.Serialize(new { retryCallbackOnStatus = retry }));
        await WorkAsync(sandbox);
        var accepted = sandbox.Books("2026-W43").GetProperty("accepted").GetArrayLength();
        Assert.Equal(tries * accepted, sandbox.Product.Events("add_external_contact").Count());
        Assert.Contains("callback_lost", await sandbox.PageAsync("/sandbox/books/events?week=2026-W43"), StringComparison.Ordinal);
    }

    private static async Task WorkAsync(SandboxFixture sandbox)
    {
        await sandbox.LiveUntilAsync("2026-10-19 08:45");
        await sandbox.TellAsync("@all", "加好友：目标 20 人\n申请文案：您好，我是示例银行的客户经理");
        await sandbox.LiveUntilAsync("2026-10-19 21:30");
    }

    private static async Task SetAsync(SandboxFixture sandbox, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await sandbox.Http.PostAsync(new Uri(sandbox.Server.BaseUrl, "/sandbox/faults"), content);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}

using System.Net;
using System.Net.Sockets;

namespace WeComOps.WeCom.Tests.Api;

public sealed class OutcomeTests
{
    private const string Users = """{"errcode": 0, "follow_user": []}""";

    private static readonly NewMomentTask Moment = new("x", null, ["adv"], []);
    private readonly FakeWeCom _wecom = new();

    public static TheoryData<string, string?, HttpStatusCode> UnclearAnswers => new()
    {
        { "busy", """{"errcode": -1, "errmsg": "system busy"}""", HttpStatusCode.OK },
        { "500", """{"errcode": 0, "jobid": "J"}""", HttpStatusCode.InternalServerError },
        { "502 of a proxy", "<html>", HttpStatusCode.BadGateway },
        { "200 of a proxy", "<html>", HttpStatusCode.OK },
        { "404 of a proxy", "not found", HttpStatusCode.NotFound },
        { "cut short", """{"errcode": 0, "jobid": "J""", HttpStatusCode.OK },
        { "empty", "", HttpStatusCode.OK },
        { "no errcode", """{"jobid": "J"}""", HttpStatusCode.OK },
        { "no job", """{"errcode": 0}""", HttpStatusCode.OK },
        { "a list", "[]", HttpStatusCode.OK },
        { "null", "null", HttpStatusCode.OK },
        { "a redirect", "", HttpStatusCode.TemporaryRedirect },
    };

    public static TheoryData<string, Exception> BrokenConnections => new()
    {
        { "time-out", new TaskCanceledException("timed out", new TimeoutException()) },
        { "reset", new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset))) },
        { "ended", new HttpRequestException(HttpRequestError.ResponseEnded) },
        { "torn", new IOException("torn") },
        { "not TLS", new HttpRequestException(HttpRequestError.SecureConnectionError) },
    };

    public static TheoryData<string, Exception> NeverSent => new()
    {
        { "refused", new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused)) },
        { "no such name", new HttpRequestException(HttpRequestError.NameResolutionError) },
        { "refused, of an older kind", new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)) },
    };

    [Theory]
    [MemberData(nameof(UnclearAnswers))]
    public async Task A_creating_call_with_an_unclear_answer_is_unknown_and_made_exactly_once(string answer, string? body, HttpStatusCode status)
    {
        (await _wecom.Answer(body!, status).Api.CreateMomentTaskAsync(Moment, default)).IsUnknown();
        Assert.True(_wecom.Requests.Count == 1, answer);
    }

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task A_creating_call_whose_connection_broke_is_unknown_and_made_exactly_once(string kind, Exception exception)
    {
        (await _wecom.Fail(exception).Api.CreateMomentTaskAsync(Moment, default)).IsUnknown();
        Assert.True(_wecom.Requests.Count == 1, kind);
    }

    [Theory]
    [MemberData(nameof(NeverSent))]
    public async Task A_creating_call_that_never_left_may_be_made_later(string kind, Exception exception)
    {
        (await _wecom.Fail(exception).Api.CreateMomentTaskAsync(Moment, default)).Later();
        Assert.True(_wecom.Requests.Count == 1, kind);
    }

    [Theory]
    [InlineData(40058)]
    [InlineData(41078)]
    [InlineData(45033)]
    [InlineData(60020)]
    public async Task A_creating_call_that_WeCom_refuses_is_rejected_and_made_exactly_once(int code)
    {
        var result = await _wecom.Code(code).Api.CreateMomentTaskAsync(Moment, default);

        result.RejectedWith(code);
        Assert.Equal($"rejected {code}: message {code}", result.Describe());
        Assert.Single(_wecom.Requests);
    }

    [Fact]
    public async Task Every_creating_call_is_made_exactly_once()
    {
        (await _wecom.Code(-1).Api.CreateMomentTaskAsync(Moment, default)).IsUnknown();
        (await _wecom.Code(-1).Api.CreateGroupPostAsync(new("adv", "x", null, []), default)).IsUnknown();
        (await _wecom.Code(-1).Api.CreateJoinWayAsync("wr", "s", "r", default)).IsUnknown();
        (await _wecom.Code(-1).Api.SendMessageAsync(new AppMessage.Text("adv", "x"), default)).IsUnknown();
        Assert.Equal(4, _wecom.Requests.Count);
    }

    [Fact]
    public async Task A_caller_who_gives_up_a_read_gets_the_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        _wecom.Answer(async _ =>
        {
            await cancel.CancelAsync();
            return await new TaskCompletionSource<HttpResponseMessage>().Task;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _wecom.Api.GetFollowUsersAsync(cancel.Token));
        Assert.Single(_wecom.Requests);
    }

    [Fact]
    public async Task A_creating_call_that_was_sent_is_waited_for_even_when_the_caller_gives_up()
    {
        using var cancel = new CancellationTokenSource();
        _wecom.Answer(async _ =>
        {
            await cancel.CancelAsync();
            return FakeWeCom.Json("""{"errcode": 0, "errmsg": "ok", "jobid": "job1"}""");
        });

        Assert.Equal("job1", (await _wecom.Api.CreateMomentTaskAsync(Moment, cancel.Token)).Done());
    }

    [Fact]
    public async Task A_caller_who_gave_up_before_a_creating_call_was_sent_gets_the_cancellation_and_nothing_is_sent()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _wecom.Api.CreateMomentTaskAsync(Moment, cancel.Token));
        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task A_read_is_retried_with_growing_waits()
    {
        (await _wecom.Code(-1).Code(45033).Answer("", HttpStatusCode.ServiceUnavailable).Answer(Users).Api.GetFollowUsersAsync(default)).Done();

        Assert.Equal(4, _wecom.Requests.Count);
        Assert.Equal(3, _wecom.Clock.Waits.Count);
        Assert.All(_wecom.Clock.Waits, static wait => Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(45033)]
    public async Task A_read_that_retries_do_not_cure_is_unknown(int code)
    {
        (await _wecom.Code(code).Code(code).Code(code).Code(code).Api.GetFollowUsersAsync(default)).IsUnknown();
        Assert.Equal(4, _wecom.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task A_read_is_retried_when_the_connection_broke(string kind, Exception exception)
    {
        (await _wecom.Fail(exception).Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.True(_wecom.Requests.Count == 2, kind);
    }

    [Theory]
    [MemberData(nameof(NeverSent))]
    public async Task A_read_that_never_left_may_be_made_later(string kind, Exception exception)
    {
        (await _wecom.Fail(exception).Fail(exception).Fail(exception).Fail(exception).Api.GetFollowUsersAsync(default)).Later();
        Assert.True(_wecom.Requests.Count == 4, kind);
    }

    [Fact]
    public async Task A_read_that_WeCom_refuses_is_not_retried()
    {
        (await _wecom.Code(60020).Api.GetFollowUsersAsync(default)).RejectedWith(60020);
        Assert.Single(_wecom.Requests);
    }

    [Fact]
    public async Task A_failure_on_a_later_page_fails_the_list()
    {
        _wecom.Answer("""{"errcode": 0, "task_list": [], "next_cursor": "A"}""").Code(41060);
        (await _wecom.Api.GetMomentTaskAsync("m", default)).RejectedWith(41060);
    }

    [Fact]
    public async Task A_cursor_that_comes_back_ends_the_list_as_unknown()
    {
        _wecom.Answer("""{"errcode": 0, "task_list": [], "next_cursor": "A"}""")
            .Answer("""{"errcode": 0, "task_list": [], "next_cursor": "B"}""")
            .Answer("""{"errcode": 0, "task_list": [], "next_cursor": "A"}""");

        (await _wecom.Api.GetMomentTaskAsync("m", default)).IsUnknown();
        Assert.Equal(3, _wecom.Requests.Count);
    }

    [Theory]
    [InlineData("""{"errcode": 0, "moment_list": [{"moment_id": "m", "create_time": -1}]}""")]
    [InlineData("""{"errcode": 0, "moment_list": [{"moment_id": "m", "create_time": 99999999999999}]}""")]
    [InlineData("""{"errcode": 0, "moment_list": [{"create_time": 1}]}""")]
    [InlineData("""{"errcode": 0, "moment_list": "none"}""")]
    public async Task A_list_that_is_not_as_documented_is_unknown(string answer) =>
        (await _wecom.Answer(answer).Api.ListMomentsAsync(ManualClock.Start, ManualClock.Start, default)).IsUnknown();

    [Fact]
    public async Task The_raw_body_is_kept_as_received()
    {
        var result = await _wecom.Answer(Users).Api.GetFollowUsersAsync(default);
        Assert.Equal(Users, Assert.IsType<ApiResult<IReadOnlyList<string>>.Done>(result).Raw);
    }
}

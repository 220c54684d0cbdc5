using System.Net;

namespace WeComOps.WeCom.Tests.Api;

public sealed class TokenTests
{
    private const string Users = """{"errcode": 0, "follow_user": []}""";

    private static readonly AppMessage Message = new AppMessage.Text("adv", "x");
    private readonly FakeWeCom _wecom = new();

    [Fact]
    public async Task One_token_is_fetched_for_many_callers_at_once()
    {
        var release = new TaskCompletionSource();
        _wecom.TokenAnswer = async () =>
        {
            await release.Task;
            return FakeWeCom.Json("""{"errcode": 0, "access_token": "T1", "expires_in": 7200}""");
        };
        var calls = Enumerable.Range(0, 50).Select(_ => _wecom.Answer(Users).Api.GetFollowUsersAsync(default)).ToList();
        release.SetResult();

        foreach (var result in await Task.WhenAll(calls))
        {
            result.Done();
        }

        Assert.Equal(1, _wecom.TokensFetched);
        Assert.Equal(50, _wecom.Requests.Count);
    }

    [Fact]
    public async Task A_token_is_refreshed_300_seconds_early()
    {
        await _wecom.Answer(Users).Api.GetFollowUsersAsync(default);
        _wecom.Clock.Advance(TimeSpan.FromSeconds(6899));
        await _wecom.Answer(Users).Api.GetFollowUsersAsync(default);
        Assert.Equal(1, _wecom.TokensFetched);

        _wecom.Clock.Advance(TimeSpan.FromSeconds(1));
        await _wecom.Answer(Users).Api.GetFollowUsersAsync(default);
        Assert.Equal(2, _wecom.TokensFetched);
    }

    [Theory]
    [InlineData(40014)]
    [InlineData(42001)]
    public async Task A_refused_token_is_replaced_and_the_read_made_once_more(int code)
    {
        (await _wecom.Code(code).Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(["?access_token=T1", "?access_token=T2"], _wecom.Requests.Select(static request => request.Query), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(40014)]
    [InlineData(42001)]
    public async Task A_refused_token_lets_even_a_creating_call_be_made_once_more(int code)
    {
        (await _wecom.Code(code).Answer("""{"errcode": 0, "msgid": "M"}""").Api.SendMessageAsync(Message, default)).Done();
        Assert.Equal(2, _wecom.Requests.Count);
        Assert.Equal(2, _wecom.TokensFetched);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_a_refusal()
    {
        (await _wecom.Code(40014).Code(40014).Api.SendMessageAsync(Message, default)).RejectedWith(40014);
        Assert.Equal(2, _wecom.Requests.Count);
    }

    [Fact]
    public async Task Many_callers_with_one_dead_token_fetch_one_new_token()
    {
        const int Callers = 20;
        await _wecom.Answer(Users).Api.GetFollowUsersAsync(default);
        var all = new TaskCompletionSource();
        var arrived = 0;
        for (var i = 0; i < Callers; i++)
        {
            _wecom.Answer(async _ =>
            {
                if (Interlocked.Increment(ref arrived) == Callers)
                {
                    all.SetResult();
                }

                await all.Task;
                return FakeWeCom.Json("""{"errcode": 42001}""");
            });
        }

        for (var i = 0; i < Callers; i++)
        {
            _wecom.Answer(Users);
        }

        foreach (var result in await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => _wecom.Api.GetFollowUsersAsync(default))))
        {
            result.Done();
        }

        Assert.Equal(2, _wecom.TokensFetched);
    }

    [Fact]
    public async Task A_wrong_secret_is_a_refusal_and_not_tried_again_for_a_minute()
    {
        _wecom.TokenAnswer = static () => Task.FromResult(FakeWeCom.Json("""{"errcode": 40001, "errmsg": "invalid credential"}"""));

        (await _wecom.Api.GetFollowUsersAsync(default)).RejectedWith(40001);
        (await _wecom.Api.SendMessageAsync(Message, default)).RejectedWith(40001);
        Assert.Equal(1, _wecom.TokensFetched);

        _wecom.Clock.Advance(TimeSpan.FromSeconds(60));
        _wecom.TokenAnswer = null;
        (await _wecom.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
    }

    [Fact]
    public async Task Without_a_token_a_creating_call_was_certainly_not_made()
    {
        _wecom.TokenAnswer = static () => Task.FromResult(FakeWeCom.Json("", HttpStatusCode.BadGateway));

        (await _wecom.Api.SendMessageAsync(Message, default)).Later();

        Assert.Empty(_wecom.Requests);
        Assert.Equal(4, _wecom.TokensFetched);
    }
}

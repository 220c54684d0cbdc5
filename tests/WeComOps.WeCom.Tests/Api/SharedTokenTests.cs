namespace WeComOps.WeCom.Tests.Api;

public sealed class SharedTokenTests
{
    private const string Users = """{"errcode": 0, "follow_user": []}""";

    private readonly FakeSharedStore _shared = new();
    private readonly ManualClock _clock = new(ManualClock.Start);
    private readonly FakeWeCom _here;
    private readonly FakeWeCom _there;

    public SharedTokenTests() => (_here, _there) = (new FakeWeCom(_shared, _clock), new FakeWeCom(_shared, _clock));

    private int TokensFetched => _here.TokensFetched + _there.TokensFetched;

    [Fact]
    public async Task Two_nodes_that_need_a_token_at_once_ask_for_one()
    {
        var asked = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        _here.TokenAnswer = _there.TokenAnswer = async () =>
        {
            asked.TrySetResult();
            await release.Task;
            return FakeWeCom.Json("""{"errcode": 0, "access_token": "T", "expires_in": 7200}""");
        };

        var calls = new[] { _here, _there, _here, _there }.Select(static node => node.Answer(Users).Api.GetFollowUsersAsync(default)).ToList();
        await asked.Task;
        release.SetResult();

        foreach (var result in await Task.WhenAll(calls))
        {
            result.Done();
        }

        Assert.Equal(1, TokensFetched);
        Assert.All(_here.Requests.Concat(_there.Requests), static request => Assert.Equal("?access_token=T", request.Query));
    }

    [Fact]
    public async Task A_node_that_starts_later_finds_the_token()
    {
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        (await _there.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(1, TokensFetched);

        _clock.Advance(TimeSpan.FromSeconds(6900));
        (await _there.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(2, TokensFetched);
    }

    [Fact]
    public async Task The_store_never_sees_the_token()
    {
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        var body = Assert.Single(_shared.Bodies);
        Assert.NotEmpty(body);
        Assert.DoesNotContain("T1", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_token_is_dropped_for_all_and_a_newer_one_stays()
    {
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        (await _there.Answer(Users).Api.GetFollowUsersAsync(default)).Done();

        (await _here.Code(42001).Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(2, TokensFetched);

        // The other node still has the dead one in memory; refused with it, it takes what the first has fetched.
        (await _there.Code(42001).Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(2, TokensFetched);
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(2, TokensFetched);
    }

    [Fact]
    public async Task A_wrong_secret_is_asked_with_once_by_all_nodes()
    {
        _here.TokenAnswer = _there.TokenAnswer = static () => Task.FromResult(FakeWeCom.Json("""{"errcode": 40001, "errmsg": "invalid credential"}"""));
        (await _here.Api.GetFollowUsersAsync(default)).RejectedWith(40001);
        (await _there.Api.GetFollowUsersAsync(default)).RejectedWith(40001);
        Assert.Equal(1, TokensFetched);

        _clock.Advance(TimeSpan.FromSeconds(60));
        (await _there.Api.GetFollowUsersAsync(default)).RejectedWith(40001);
        Assert.Equal(2, TokensFetched);
    }

    [Fact]
    public async Task Whoever_waits_takes_over_when_the_turn_has_run_out()
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        var asked = new TaskCompletionSource();
        _here.TokenAnswer = () =>
        {
            asked.SetResult();
            return never.Task;
        };
        var stuck = _here.Answer(Users).Api.GetFollowUsersAsync(default);
        await asked.Task;

        var waiting = _there.Answer(Users).Api.GetFollowUsersAsync(default);
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(15));
        (await waiting).Done();
        Assert.Equal(1, _there.TokensFetched);

        // Too late: its answer is not stored, and the token of the other stays.
        never.SetResult(FakeWeCom.Json("""{"errcode": 0, "access_token": "late", "expires_in": 7200}"""));
        (await stuck).Done();
        (await new FakeWeCom(_shared, _clock).Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(2, TokensFetched);
    }

    [Fact]
    public async Task While_the_store_is_away_a_call_waits_unless_the_token_is_known()
    {
        _shared.Away = true;
        Assert.Equal(TimeSpan.FromSeconds(10), (await _here.Api.GetFollowUsersAsync(default)).Later());
        Assert.Empty(_here.Requests);

        _shared.Away = false;
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        _shared.Away = true;
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(1, TokensFetched);
    }
}

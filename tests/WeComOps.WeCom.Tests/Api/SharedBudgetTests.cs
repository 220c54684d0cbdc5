namespace WeComOps.WeCom.Tests.Api;

public sealed class SharedBudgetTests
{
    private const string Job = """{"errcode": 0, "jobid": "J"}""";
    private const string Users = """{"errcode": 0, "follow_user": []}""";

    private static readonly NewMomentTask Moment = new("x", null, ["adv"], []);

    private readonly FakeSharedStore _shared = new() { BetweenProcesses = true };
    private readonly ManualClock _clock = new(ManualClock.Start);
    private readonly FakeWeCom _here;
    private readonly FakeWeCom _there;

    public SharedBudgetTests() => (_here, _there) = (new FakeWeCom(_shared, _clock), new FakeWeCom(_shared, _clock));

    [Fact]
    public async Task Two_nodes_have_one_budget_between_them()
    {
        FakeWeCom[] turns = [_here, _there, _here, _there, _there];
        foreach (var node in turns)
        {
            (await node.Answer(Job).Api.CreateMomentTaskAsync(Moment, default)).Done();
        }

        var rest = (await _here.Api.CreateMomentTaskAsync(Moment, default)).Later();
        Assert.Equal(rest, (await _there.Api.CreateMomentTaskAsync(Moment, default)).Later());
        Assert.Equal(5, _here.Requests.Count + _there.Requests.Count);
        Assert.InRange(rest, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));

        _clock.Advance(rest);
        (await _there.Answer(Job).Api.CreateMomentTaskAsync(Moment, default)).Done();
    }

    [Fact]
    public async Task No_sixty_seconds_see_more_calls_than_WeCom_allows()
    {
        var made = new List<DateTimeOffset>();
        for (var second = 0; second < 300; second++)
        {
            foreach (var node in new[] { _here, _there })
            {
                var before = node.Requests.Count;
                await node.Answer(Job).Api.CreateMomentTaskAsync(Moment, default);
                made.AddRange(Enumerable.Repeat(_clock.GetUtcNow(), node.Requests.Count - before));
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(made.Count >= 25);
        Assert.All(made, start => Assert.True(made.Count(at => at >= start && at < start + TimeSpan.FromMinutes(1)) <= 10));
    }

    [Fact]
    public async Task A_block_holds_for_all_nodes_and_lasts_an_hour_when_a_minute_was_not_enough()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), (await _here.Code(45009).Api.GetFollowUsersAsync(default)).Later());
        Assert.Equal(TimeSpan.FromSeconds(60), (await _there.Api.GetFollowUsersAsync(default)).Later());
        Assert.Empty(_there.Requests);

        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.FromMinutes(60), (await _there.Code(45009).Api.GetFollowUsersAsync(default)).Later());

        _clock.Advance(TimeSpan.FromMinutes(60));
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(TimeSpan.FromSeconds(60), (await _there.Code(45009).Api.GetFollowUsersAsync(default)).Later());
    }

    [Fact]
    public async Task A_call_that_cannot_be_counted_is_not_made()
    {
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        _shared.Away = true;
        Assert.Equal(TimeSpan.FromSeconds(10), (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Later());
        Assert.Single(_here.Requests);

        _shared.Away = false;
        (await _here.Api.GetFollowUsersAsync(default)).Done();
    }

    [Fact]
    public async Task A_block_that_the_store_could_not_keep_still_holds_on_the_node_that_was_refused()
    {
        (await _here.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        var refused = _here.Answer(_ =>
        {
            _shared.Away = true;
            return Task.FromResult(FakeWeCom.Json("""{"errcode": 45009}"""));
        }).Api.GetFollowUsersAsync(default);
        Assert.Equal(TimeSpan.FromSeconds(60), (await refused).Later());

        _shared.Away = false;
        Assert.Equal(TimeSpan.FromSeconds(60), (await _here.Api.GetFollowUsersAsync(default)).Later());
        Assert.Equal(2, _here.Requests.Count);
    }
}

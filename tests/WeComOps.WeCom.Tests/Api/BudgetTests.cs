using WeComOps.Primitives;

namespace WeComOps.WeCom.Tests.Api;

public sealed class BudgetTests
{
    private const string Job = """{"errcode": 0, "jobid": "J"}""";
    private const string Users = """{"errcode": 0, "follow_user": []}""";

    private static readonly NewMomentTask Moment = new("x", null, ["adv"], []);

    [Fact]
    public async Task Five_moment_tasks_a_minute_are_made_and_the_sixth_waits()
    {
        var wecom = new FakeWeCom();
        for (var i = 0; i < 5; i++)
        {
            (await wecom.Answer(Job).Api.CreateMomentTaskAsync(Moment, default)).Done();
            wecom.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(TimeSpan.FromSeconds(10), (await wecom.Api.CreateMomentTaskAsync(Moment, default)).Later());
        Assert.Equal(5, wecom.Requests.Count);

        wecom.Clock.Advance(TimeSpan.FromSeconds(10));
        (await wecom.Answer(Job).Api.CreateMomentTaskAsync(Moment, default)).Done();
        Assert.Equal(TimeSpan.FromSeconds(10), (await wecom.Api.CreateMomentTaskAsync(Moment, default)).Later());
    }

    [Fact]
    public async Task A_budget_is_configured_per_path_and_retries_count()
    {
        var wecom = new FakeWeCom(("WeCom:Budgets:/cgi-bin/externalcontact/get_follow_user_list", "2"));

        (await wecom.Code(-1).Code(-1).Api.GetFollowUsersAsync(default)).Later();
        Assert.Equal(2, wecom.Requests.Count);

        (await wecom.Answer("""{"errcode": 0, "department": []}""").Api.GetDepartmentsAsync(default)).Done();
    }

    [Fact]
    public async Task Batch_work_leaves_a_fifth_of_the_budget_to_calls_that_somebody_waits_for()
    {
        var wecom = new FakeWeCom(("WeCom:Budgets:/cgi-bin/externalcontact/get_follow_user_list", "10"));
        using (BatchWork.Enter())
        {
            for (var i = 0; i < 8; i++)
            {
                (await wecom.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
            }

            (await wecom.Api.GetFollowUsersAsync(default)).Later();
        }

        (await wecom.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        (await wecom.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        (await wecom.Api.GetFollowUsersAsync(default)).Later();
        Assert.Equal(10, wecom.Requests.Count);
    }

    [Fact]
    public async Task After_45009_the_path_rests_a_minute_and_others_go_on()
    {
        var wecom = new FakeWeCom();

        Assert.Equal(TimeSpan.FromSeconds(60), (await wecom.Code(45009).Api.CreateMomentTaskAsync(Moment, default)).Later());
        wecom.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), (await wecom.Api.CreateMomentTaskAsync(Moment, default)).Later());
        Assert.Single(wecom.Requests);
        (await wecom.Answer(Users).Api.GetFollowUsersAsync(default)).Done();

        wecom.Clock.Advance(TimeSpan.FromSeconds(1));
        (await wecom.Answer(Job).Api.CreateMomentTaskAsync(Moment, default)).Done();
    }

    [Fact]
    public async Task A_second_45009_right_after_the_minute_rests_an_hour()
    {
        var wecom = new FakeWeCom();
        await wecom.Code(45009).Api.GetFollowUsersAsync(default);
        wecom.Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromMinutes(60), (await wecom.Code(45009).Api.GetFollowUsersAsync(default)).Later());

        wecom.Clock.Advance(TimeSpan.FromMinutes(60));
        (await wecom.Answer(Users).Api.GetFollowUsersAsync(default)).Done();
        Assert.Equal(TimeSpan.FromSeconds(60), (await wecom.Code(45009).Api.GetFollowUsersAsync(default)).Later());
    }
}

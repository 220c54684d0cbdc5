using WeComOps.Media;
using WeComOps.Primitives;
using WeComOps.WeCom.Api;

namespace WeComOps.WeCom.Tests.Api;

/// <summary>What a node under a fence may still call.</summary>
public sealed class FenceTests
{
    private static readonly Fence Held = new("outbox", 1);

    private readonly FakeWeCom _wecom = new();

    [Fact]
    public async Task Under_the_newest_fence_a_creating_call_is_sent_after_a_look_at_it()
    {
        using (Held.Enter())
        {
            (await _wecom.Answer(_ =>
            {
                Assert.Equal(1, _wecom.Duties.Asked);
                return Task.FromResult(FakeWeCom.Json("""{"errcode": 0, "errmsg": "ok", "jobid": "job1"}"""));
            }).Api.CreateMomentTaskAsync(new("x", null, ["adv"], []), default)).Done();
        }

        Assert.Single(_wecom.Requests);
    }

    [Fact]
    public async Task Under_a_stale_fence_no_creating_call_is_sent()
    {
        _wecom.Duties.Newest = 2;
        using (Held.Enter())
        {
            var api = _wecom.Api;
            await Assert.ThrowsAsync<FenceLostException>(() => api.CreateMomentTaskAsync(new("x", null, ["adv"], []), default));
            await Assert.ThrowsAsync<FenceLostException>(() => api.CreateGroupPostAsync(new("adv", "x", null, []), default));
            await Assert.ThrowsAsync<FenceLostException>(() => api.CreateJoinWayAsync("wr", "s", "r", default));
            await Assert.ThrowsAsync<FenceLostException>(() => api.SendMessageAsync(new AppMessage.Text("adv", "x"), default));
            await Assert.ThrowsAsync<FenceLostException>(() => api.UploadPictureAsync(new PictureUpload("a.png", "image/png", new byte[10]), MediaUse.Moment, default));
        }

        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task A_fence_that_is_lost_between_a_refused_token_and_the_next_try_stops_the_next_try()
    {
        _wecom.Answer(_ =>
        {
            _wecom.Duties.Newest = 2;
            return Task.FromResult(FakeWeCom.Json(FormattableString.Invariant($$"""{"errcode": {{ErrorCodes.ExpiredToken}}, "errmsg": "expired"}""")));
        });
        using (Held.Enter())
        {
            await Assert.ThrowsAsync<FenceLostException>(() => _wecom.Api.CreateMomentTaskAsync(new("x", null, ["adv"], []), default));
        }

        Assert.Single(_wecom.Requests);
    }

    [Fact]
    public async Task While_the_fence_cannot_be_checked_nothing_is_sent_and_that_is_certain()
    {
        _wecom.Duties.Outage = new IOException("away");
        using (Held.Enter())
        {
            (await _wecom.Api.CreateMomentTaskAsync(new("x", null, ["adv"], []), default)).Later();
        }

        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task Reads_need_no_fence_and_neither_does_a_creating_call_outside_of_a_duty()
    {
        _wecom.Duties.Newest = 2;
        using (Held.Enter())
        {
            (await _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "follow_user": []}""").Api.GetFollowUsersAsync(default)).Done();
        }

        (await _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "jobid": "job1"}""").Api.CreateMomentTaskAsync(new("x", null, ["adv"], []), default)).Done();
        Assert.Equal(0, _wecom.Duties.Asked);
    }
}

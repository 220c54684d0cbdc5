using WeComOps.Instructions;
using WeComOps.Media;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>Pushes with pictures: WeCom has the pictures before a push is started, and forgets them after three days.</summary>
public abstract class PicturePushTests : ConformanceTests
{
    private static readonly Picture Chart = new("0123456789abcdef", "金价.png", "image/png", 640, 480, 6, "chen.jing", Given.Noon);

    private readonly SteppedClock _clock = new(Given.Noon);
    private readonly IWeComApi _api;
    private readonly FakeApi _wecom;
    private readonly List<string> _sent = [];

    protected PicturePushTests()
    {
        (_api, _wecom) = FakeApi.Create();
        Uploads(number => FakeApi.Done(new UploadedMedia($"M{number}", _clock.GetUtcNow())));
        _wecom.On("CreateMomentTaskAsync", arguments => SendAsync(((NewMomentTask)arguments[0]!).Pictures));
        _wecom.On("CreateGroupPostAsync", arguments => SendAsync(((NewGroupPost)arguments[0]!).Pictures));
    }

    private LaunchPushes Launches => LaunchesTo(_api, _clock);

    [Fact]
    public async Task A_picture_is_uploaded_once_for_each_use_and_goes_with_every_push()
    {
        await PlanAsync("1", "2");
        await PlanAsync(PushKind.GroupPost, "3", "4");

        await Launches.RunAsync(None);

        Assert.Equal(["M1", "M1", "M2", "M2"], _sent);
        Assert.Equal(SliceState.Accepted, await StateAsync("2"));
        Assert.Equal(SliceState.Running, await StateAsync("4"));
    }

    [Fact]
    public async Task A_copy_that_will_not_outlive_the_job_is_made_anew_before_the_call()
    {
        await PlanAsync("1");
        await Launches.RunAsync(None);
        _clock.Advance(TimeSpan.FromHours(47));
        await PlanAsync("2");
        await Launches.RunAsync(None);
        _clock.Advance(TimeSpan.FromHours(2));
        await PlanAsync("3");
        await Launches.RunAsync(None);

        Assert.Equal(["M1", "M1", "M2"], _sent);
    }

    [Fact]
    public async Task While_pictures_cannot_be_uploaded_nothing_is_started_and_the_push_waits()
    {
        var slices = 0;
        Uploads(number => number == 1 ? new ApiResult<UploadedMedia>.Unknown("time-out") : FakeApi.Done(new UploadedMedia("M" + number, _clock.GetUtcNow())));
        await PlanAsync("1", "2");
        await Launches.RunAsync(None);

        // What failed for the first was not tried again for the second in the same round.
        Assert.Equal(1, _wecom.CallsOf("UploadPictureAsync"));
        Assert.Empty(_sent);
        foreach (var slice in await The<IPushStore>().InStateAsync([SliceState.Planned], None))
        {
            Assert.Equal((null, _clock.GetUtcNow().AddMinutes(1)), (slice.StartedAt, slice.PlannedAt));
            Assert.Contains("time-out", slice.Error, StringComparison.Ordinal);
            slices++;
        }

        Assert.Equal(2, slices);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Launches.RunAsync(None);
        Assert.Equal(["M2", "M2"], _sent);
    }

    [Fact]
    public async Task A_picture_that_wecom_refuses_ends_the_push_without_a_call()
    {
        Uploads(_ => new ApiResult<UploadedMedia>.Rejected(45001, "media too large"));
        await PlanAsync("1");
        await Launches.RunAsync(None);
        await Launches.RunAsync(None);

        Assert.Empty(_sent);
        Assert.Equal(1, _wecom.CallsOf("UploadPictureAsync"));
        Assert.Equal(SliceState.Rejected, await StateAsync("1"));
    }

    [Fact]
    public async Task A_copy_that_wecom_forgot_early_is_made_anew_and_the_push_tried_once_more()
    {
        await PlanAsync("1");
        await Launches.RunAsync(None);
        _clock.Advance(TimeSpan.FromHours(20));
        var refusals = 0;
        _wecom.On("CreateMomentTaskAsync", arguments => ++refusals == 1
            ? Task.FromResult<ApiResult<string>>(new ApiResult<string>.Rejected(ApiCodes.NoSuchMedia, "invalid media_id"))
            : SendAsync(((NewMomentTask)arguments[0]!).Pictures));
        await PlanAsync("2");
        await Launches.RunAsync(None);
        Assert.Equal(SliceState.Planned, await StateAsync("2"));

        await Launches.RunAsync(None);

        Assert.Equal(["M1", "M2"], _sent);
        Assert.Equal(SliceState.Accepted, await StateAsync("2"));
    }

    [Fact]
    public async Task A_fresh_copy_that_wecom_does_not_know_is_no_matter_of_age_and_ends_the_push()
    {
        _wecom.On("CreateMomentTaskAsync", _ => Task.FromResult<ApiResult<string>>(new ApiResult<string>.Rejected(ApiCodes.NoSuchMedia, "invalid media_id")));
        await PlanAsync("1");
        await Launches.RunAsync(None);
        await Launches.RunAsync(None);

        Assert.Equal((1, 1), (_wecom.CallsOf("UploadPictureAsync"), _wecom.CallsOf("CreateMomentTaskAsync")));
        Assert.Equal(SliceState.Rejected, await StateAsync("1"));
    }

    [Fact]
    public async Task A_window_that_ends_while_pictures_are_uploaded_is_missed_and_not_overrun()
    {
        Uploads(number =>
        {
            _clock.Advance(TimeSpan.FromHours(9));
            return FakeApi.Done(new UploadedMedia("M" + number, _clock.GetUtcNow()));
        });
        await PlanAsync("1");
        await Launches.RunAsync(None);

        Assert.Empty(_sent);
        Assert.Equal(SliceState.Missed, await StateAsync("1"));
    }

    [Fact]
    public async Task A_picture_that_is_not_in_the_store_ends_the_push_without_a_call()
    {
        await CommitAsync(changes =>
        {
            Given.Issued(changes);
            changes.Slices.Add(Given.Slice("1") with { Pictures = ["ffffffffffffffff"] });
        });
        await Launches.RunAsync(None);
        Assert.Empty(_sent);
        Assert.Equal(SliceState.Rejected, await StateAsync("1"));
    }

    private void Uploads(Func<int, ApiResult<UploadedMedia>> answer)
    {
        var number = 0;
        _wecom.On("UploadPictureAsync", _ => Task.FromResult(answer(++number)));
    }

    private Task<ApiResult<string>> SendAsync(IReadOnlyList<string>? pictures)
    {
        _sent.Add(Assert.Single(pictures!));
        return Task.FromResult(FakeApi.Done("id"));
    }

    private Task PlanAsync(params string[] ids) => PlanAsync(PushKind.Moment, ids);

    private async Task PlanAsync(PushKind kind, params string[] ids)
    {
        var issued = await The<IInstructionStore>().FindAsync(Given.Instruction.Id, None);
        await CommitAsync(changes => Plan(changes, issued is null, kind, ids));
    }

    private void Plan(Changes changes, bool first, PushKind kind, string[] ids)
    {
        if (first)
        {
            Given.Issued(changes);
        }

        changes.Pictures.Add(new NewPicture(Chart, [1, 2, 3, 4, 5, 6]));
        changes.Slices.AddRange(ids.Select(id => Given.Slice(id) with { Kind = kind, Pictures = [Chart.Id], PlannedAt = _clock.GetUtcNow(), Deadline = _clock.GetUtcNow().AddHours(8) }));
    }

    private async Task<SliceState> StateAsync(string id) => (await The<IPushStore>().FindAsync(id, None))!.State;
}

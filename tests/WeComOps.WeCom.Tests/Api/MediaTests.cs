using WeComOps.Media;
using WeComOps.Primitives;

namespace WeComOps.WeCom.Tests.Api;

public sealed class MediaTests
{
    private const string Id = "0123456789abcdef";
    private static readonly PictureUpload Chart = new("金价.png", "image/png", [1, 2, 3, 4, 5, 6]);
    private readonly FakeWeCom _wecom = new();
    private readonly Shelf _shelf = new();

    [Fact]
    public async Task A_picture_for_moments_goes_the_way_of_attachments()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "type": "image", "media_id": "M1", "created_at": 1767225600}""");

        var uploaded = (await _wecom.Api.UploadPictureAsync(Chart, MediaUse.Moment, default)).Done();

        Assert.Equal(new UploadedMedia("M1", DateTimeOffset.FromUnixTimeSeconds(1767225600)), uploaded);
        Assert.Equal("/cgi-bin/media/upload_attachment", _wecom.Only.Path);
        Assert.EndsWith("&media_type=image&attachment_type=1", _wecom.Only.Query, StringComparison.Ordinal);
        Assert.Contains("form-data; name=\"media\"; filename=\"picture.png\"; filelength=6", _wecom.Only.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_for_messages_is_temporary_media_and_its_time_may_be_text()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "type": "image", "media_id": "M2", "created_at": "1767225600"}""");

        var uploaded = (await _wecom.Api.UploadPictureAsync(Chart, MediaUse.Message, default)).Done();

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767225600), uploaded.CreatedAt);
        Assert.Equal("/cgi-bin/media/upload", _wecom.Only.Path);
        Assert.EndsWith("&type=image", _wecom.Only.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cover_gets_an_address_that_does_not_expire()
    {
        _wecom.Answer("""{"errcode": 0, "errmsg": "ok", "url": "https://p.qpic.example/1/0"}""");

        Assert.Equal(new UploadedMedia("https://p.qpic.example/1/0", null), (await _wecom.Api.UploadPictureAsync(Chart, MediaUse.Cover, default)).Done());
        Assert.Equal("/cgi-bin/media/uploadimg", _wecom.Only.Path);
        (await _wecom.Api.UploadPictureAsync(Chart with { Bytes = new byte[(2 * 1024 * 1024) + 1] }, MediaUse.Cover, default)).RejectedWith(40058);
    }

    [Fact]
    public async Task A_link_goes_with_title_cover_and_in_posts_with_its_description()
    {
        var link = new PushLink("积存金怎么买", "https://link.bank.example/l/t", "COVER", "三步看懂");
        _wecom.Answer("""{"errcode": 0, "jobid": "J"}""");
        await _wecom.Api.CreateMomentTaskAsync(new("x", link, ["adv_zhang"], []), default);
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_moment_task", """{"text": {"content": "x"}, "attachments": [{"msgtype": "link", "link": {"title": "积存金怎么买", "url": "https://link.bank.example/l/t", "media_id": "COVER"}}], "visible_range": {"sender_list": {"user_list": ["adv_zhang"]}}}""");

        _wecom.Answer("""{"errcode": 0, "msgid": "m1"}""");
        await _wecom.Api.CreateGroupPostAsync(new("adv_zhang", "x", link with { Cover = "https://p.qpic.example/1/0" }, []), default);
        _wecom.Requests.Last().IsPost("/cgi-bin/externalcontact/add_msg_template", """{"chat_type": "group", "sender": "adv_zhang", "text": {"content": "x"}, "attachments": [{"msgtype": "link", "link": {"title": "积存金怎么买", "url": "https://link.bank.example/l/t", "desc": "三步看懂", "picurl": "https://p.qpic.example/1/0"}}]}""");
    }

    [Fact]
    public async Task A_listed_push_is_known_by_the_link_that_is_attached_to_it()
    {
        _wecom.Answer("""{"errcode": 0, "moment_list": [{"moment_id": "mom1", "create_time": 1767225600, "text": {"content": "x"}, "link": {"title": "t", "url": "https://link.bank.example/l/tok1"}}]}""");
        Assert.True(Assert.Single((await _wecom.Api.ListMomentsAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), default)).Done()).Carries("tok1"));

        _wecom.Answer("""{"errcode": 0, "group_msg_list": [{"msgid": "m1", "create_time": 1767225600, "text": {"content": "x"}, "attachments": [{"msgtype": "image", "image": {"media_id": "M"}}, {"msgtype": "link", "link": {"title": "t", "url": "https://link.bank.example/l/tok2"}}]}]}""");
        var post = Assert.Single((await _wecom.Api.ListGroupPostsAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), default)).Done());
        Assert.True(post.Carries("tok2"));
        Assert.False(post.Carries("tok1"));
    }

    [Theory]
    [InlineData(5)]
    [InlineData((10 * 1024 * 1024) + 1)]
    public async Task A_picture_beyond_the_limits_is_refused_unsent(int size)
    {
        (await _wecom.Api.UploadPictureAsync(Chart with { Bytes = new byte[size] }, MediaUse.Moment, default)).RejectedWith(40058);
        Assert.Empty(_wecom.Requests);
    }

    [Fact]
    public async Task A_moment_carries_up_to_nine_pictures_and_never_a_link_beside_them()
    {
        _wecom.Answer("""{"errcode": 0, "jobid": "J"}""");
        await _wecom.Api.CreateMomentTaskAsync(new("x", null, ["adv_zhang"], [], ["M1", "M2"]), default);
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_moment_task", """{"text": {"content": "x"}, "attachments": [{"msgtype": "image", "image": {"media_id": "M1"}}, {"msgtype": "image", "image": {"media_id": "M2"}}], "visible_range": {"sender_list": {"user_list": ["adv_zhang"]}}}""");

        var ten = Enumerable.Range(0, 10).Select(number => "M" + number).ToArray();
        (await _wecom.Api.CreateMomentTaskAsync(new("x", null, ["adv_zhang"], [], ten), default)).RejectedWith(40058);
        (await _wecom.Api.CreateMomentTaskAsync(new("x", new("t", "https://b.example", null), ["adv_zhang"], [], ["M1"]), default)).RejectedWith(40058);
        Assert.Single(_wecom.Requests);
    }

    [Fact]
    public async Task A_post_carries_pictures_beside_its_link()
    {
        _wecom.Answer("""{"errcode": 0, "msgid": "P"}""");
        await _wecom.Api.CreateGroupPostAsync(new("adv_zhang", "x", new("t", "https://b.example", null), [], ["M1"]), default);
        _wecom.Only.IsPost("/cgi-bin/externalcontact/add_msg_template", """{"chat_type": "group", "sender": "adv_zhang", "text": {"content": "x"}, "attachments": [{"msgtype": "image", "image": {"media_id": "M1"}}, {"msgtype": "link", "link": {"title": "t", "url": "https://b.example"}}]}""");
    }

    [Fact]
    public async Task A_copy_is_used_again_while_it_lives_and_replaced_before_it_expires()
    {
        _shelf.Put(Id);
        Upload("FIRST");
        Assert.Equal(["FIRST"], await CopiesAsync(MediaUse.Moment));

        _wecom.Clock.Advance(TimeSpan.FromHours(47));
        Assert.Equal(["FIRST"], await CopiesAsync(MediaUse.Moment));
        Assert.Single(_wecom.Requests);

        // A day before its three days are over: whoever uses it now must be able to read it until WeCom is done.
        _wecom.Clock.Advance(TimeSpan.FromHours(2));
        Upload("SECOND");
        Assert.Equal(["SECOND"], await CopiesAsync(MediaUse.Moment));
        Assert.Equal(2, _wecom.Requests.Count);
    }

    [Fact]
    public async Task Each_use_has_a_copy_of_its_own()
    {
        _shelf.Put(Id);
        Upload("FOR_MOMENTS");
        Upload("FOR_MESSAGES");
        Assert.Equal(["FOR_MOMENTS"], await CopiesAsync(MediaUse.Moment));
        Assert.Equal(["FOR_MESSAGES"], await CopiesAsync(MediaUse.Message));
        Assert.Equal(["/cgi-bin/media/upload_attachment", "/cgi-bin/media/upload"], _wecom.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_refused_upload_leaves_no_copy()
    {
        _shelf.Put(Id);
        _wecom.Code(40006);
        (await Copies().GetAsync([Id], MediaUse.Moment, default)).RejectedWith(40006);
        (await Copies().GetAsync(["ffffffffffffffff"], MediaUse.Moment, default)).RejectedWith(ApiCodes.NoSuchMedia);
        Assert.Null(await _shelf.FindCopyAsync(Id, MediaUse.Moment, default));
    }

    private void Upload(string id) => _wecom.Answer(FormattableString.Invariant(
        $$"""{"errcode": 0, "type": "image", "media_id": "{{id}}", "created_at": {{_wecom.Clock.GetUtcNow().ToUnixTimeSeconds()}}}"""));

    private PictureCopies Copies() => new(_shelf, _wecom.Api, _shelf, _wecom.Clock);

    private async Task<IReadOnlyList<string>> CopiesAsync(MediaUse use) => (await Copies().GetAsync([Id], use, default)).Done();

    private sealed class Shelf : IPictureStore, IChangeStore
    {
        private readonly Dictionary<string, Picture> _pictures = new(StringComparer.Ordinal);
        private readonly Dictionary<(string, MediaUse), PictureCopy> _copies = [];

        public void Put(string id) => _pictures[id] = new Picture(id, "chart.png", "image/png", 1, 1, 6, "chen.jing", ManualClock.Start);

        public Task<Picture?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_pictures.GetValueOrDefault(id));

        public Task<IReadOnlyList<Picture>> FindByNameAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Picture>> ListAsync(int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Picture>>([.. _pictures.Values]);

        public Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult<byte[]?>([1, 2, 3, 4, 5, 6]);

        public Task<PictureCopy?> FindCopyAsync(string id, MediaUse use, CancellationToken cancellationToken) =>
            Task.FromResult(_copies.GetValueOrDefault((id, use)));

        public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
        {
            foreach (var copy in changes.PictureCopies)
            {
                _copies[(copy.Picture, copy.Use)] = copy;
            }

            return Task.CompletedTask;
        }
    }
}

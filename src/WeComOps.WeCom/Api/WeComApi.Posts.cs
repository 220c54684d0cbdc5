using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    private const string GroupPosts = "group";
    private const int PostsPage = 100;
    private const int PostRowsPage = 1000;
    private static readonly TimeSpan MaxPostSpan = TimeSpan.FromDays(31);

    public async Task<ApiResult<string>> CreateGroupPostAsync(NewGroupPost post, CancellationToken cancellationToken)
    {
        var limits = new Limits().UserId("the sender", post.Sender).Bytes("the text", post.Text, 1, 4000)
            .Count("the groups", post.ChatIds, 0, 2000).Link(post.Link).Pictures(post.Pictures, MostPictures - (post.Link is null ? 0 : 1));
        if (limits.Broken is { } rule)
        {
            return Refuse<string>(rule);
        }

        PostAttachment[] attachments =
        [
            .. post.Pictures.Items().Select(static id => new PostAttachment("image", Image: new MediaImage(id))),
            .. post.Link is { } link ? [new PostAttachment("link", new PostLink(link.Title, link.Url, link.Description.OrNull(), link.Cover.OrNull()))] : Array.Empty<PostAttachment>(),
        ];
        var request = new AddPostRequest(
            GroupPosts, post.Sender, post.ChatIds.Count > 0 ? post.ChatIds : null, new TextBody(post.Text), attachments.Length > 0 ? attachments : null);
        return await CallAsync(
            WireCall.Contact("add_msg_template", request, static wire => wire.AddPostRequest).Once(),
            WireJson.Wire.AddPostReply, static reply => reply.Msgid.Required(), cancellationToken);
    }

    public async Task<ApiResult<IReadOnlyList<ListedPush>>> ListGroupPostsAsync(
        DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (new Limits().Span("the range", to - from, MaxPostSpan).Broken is { } rule)
        {
            return Refuse<IReadOnlyList<ListedPush>>(rule);
        }

        return await PageAsync(
            cursor => WireCall.Contact(
                "get_groupmsg_list_v2",
                new PostListRequest(GroupPosts, from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), CorpItems, PostsPage, cursor),
                static wire => wire.PostListRequest),
            WireJson.Wire.PostListReply,
            static reply => reply.GroupMsgList.Items().Select(
                static item => new ListedPush(
                    item.Msgid.Required(), item.Text?.Content ?? "", item.CreateTime.Instant(), [.. item.Attachments.Items().Select(static attached => attached.Link?.Url).OfType<string>()])),
            cancellationToken);
    }

    public Task<ApiResult<IReadOnlyList<PostTask>>> GetGroupPostTaskAsync(string msgId, CancellationToken cancellationToken) =>
        PageAsync(
            cursor => WireCall.Contact(
                "get_groupmsg_task", new PostRequest(msgId, Limit: PostRowsPage, Cursor: cursor), static wire => wire.PostRequest),
            WireJson.Wire.PostTaskReply,
            static reply => reply.TaskList.Items().Select(
                static item => new PostTask(item.Userid.Required(), IsSent(item), item.SendTime.InstantOrNull())),
            cancellationToken);

    public Task<ApiResult<IReadOnlyList<PostDelivery>>> GetGroupPostResultAsync(string msgId, string userId, CancellationToken cancellationToken) =>
        PageAsync(
            cursor => WireCall.Contact(
                "get_groupmsg_send_result", new PostRequest(msgId, userId, PostRowsPage, cursor), static wire => wire.PostRequest),
            WireJson.Wire.PostResultReply,
            static reply => reply.SendList.Items().Select(static item => new PostDelivery(
                item.Userid.Required(), item.ChatId.OrNull(), item.ExternalUserid.OrNull(), item.Status, item.SendTime.InstantOrNull())),
            cancellationToken);

    /// <summary>Made once: WeCom counts reminders, three a day.</summary>
    public Task<ApiResult<Unit>> RemindGroupPostAsync(string msgId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Contact("remind_groupmsg_send", new PostRequest(msgId), static wire => wire.PostRequest).Once(),
            WireJson.Wire.WireStatus, static _ => default(Unit), cancellationToken);

    /// <summary>Repeatable, hence retried; "already cancelled" is what was asked for.</summary>
    public async Task<ApiResult<Unit>> CancelGroupPostAsync(string msgId, CancellationToken cancellationToken)
    {
        var result = await CallAsync(
            WireCall.Contact("cancel_groupmsg_send", new PostRequest(msgId), static wire => wire.PostRequest),
            WireJson.Wire.WireStatus, static _ => default(Unit), cancellationToken);
        return result is ApiResult<Unit>.Rejected { Code: ErrorCodes.AlreadyCancelled } already
            ? new ApiResult<Unit>.Done(default, already.Message)
            : result;
    }

    // Officially 0 unsent, 2 sent; one reading knows 1 with a time.
    private static bool IsSent(PostTaskWire task) => task.Status == 2 || task is { Status: 1, SendTime: > 0 };
}

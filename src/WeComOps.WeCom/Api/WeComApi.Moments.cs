using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    private const int JobFinished = 3;
    private const int CorpItems = 0;
    private const int MomentsPage = 20;
    private const int MomentTasksPage = 1000;
    private const int ReachPage = 3000;
    private static readonly TimeSpan MaxMomentSpan = TimeSpan.FromDays(30);

    public async Task<ApiResult<string>> CreateMomentTaskAsync(NewMomentTask task, CancellationToken cancellationToken)
    {
        // Without executors WeCom would take everybody in the app's range.
        var limits = new Limits().Chars("the text", task.Text, 1, 2000).UserIds("the executors", task.UserIds, 100_000).Link(task.Link)
            .Pictures(task.Pictures, task.Link is null ? MostPictures : 0);
        if (limits.Broken is { } rule)
        {
            return Refuse<string>(rule);
        }

        MomentAttachment[] attachments =
        [
            .. task.Pictures.Items().Select(static id => new MomentAttachment("image", Image: new MediaImage(id))),
            .. task.Link is { } link ? [new MomentAttachment("link", new MomentLink(link.Title, link.Url, link.Cover.OrNull()))] : Array.Empty<MomentAttachment>(),
        ];
        var request = new AddMomentRequest(
            new TextBody(task.Text),
            attachments.Length > 0 ? attachments : null,
            new VisibleRange(new SenderList(task.UserIds), task.TagIds.Count > 0 ? new TagFilter(task.TagIds) : null));
        return await CallAsync(
            WireCall.Contact("add_moment_task", request, static wire => wire.AddMomentRequest).Once(),
            WireJson.Wire.AddMomentReply, static reply => reply.Jobid.Required(), cancellationToken);
    }

    public Task<ApiResult<MomentJob>> GetMomentJobAsync(string jobId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Get("/cgi-bin/externalcontact/get_moment_task_result", ("jobid", jobId)), WireJson.Wire.MomentJobReply,
            static reply => reply.Status == JobFinished ? Finished(reply.Result.Required()) : new MomentJob(false, null, 0, "", []),
            cancellationToken);

    public Task<ApiResult<Unit>> CancelMomentTaskAsync(string momentId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Contact("cancel_moment_task", new MomentRequest(momentId), static wire => wire.MomentRequest),
            WireJson.Wire.WireStatus, static _ => default(Unit), cancellationToken);

    public async Task<ApiResult<IReadOnlyList<ListedPush>>> ListMomentsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (new Limits().Span("the range", to - from, MaxMomentSpan).Broken is { } rule)
        {
            return Refuse<IReadOnlyList<ListedPush>>(rule);
        }

        return await PageAsync(
            cursor => WireCall.Contact(
                "get_moment_list",
                new MomentListRequest(from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds(), CorpItems, cursor, MomentsPage),
                static wire => wire.MomentListRequest),
            WireJson.Wire.MomentListReply,
            static reply => reply.MomentList.Items().Select(
                static item => new ListedPush(
                    item.MomentId.Required(), item.Text?.Content ?? "", item.CreateTime.Instant(), item.Link?.Url is { } url ? [url] : [])),
            cancellationToken);
    }

    public Task<ApiResult<IReadOnlyList<MomentExecution>>> GetMomentTaskAsync(string momentId, CancellationToken cancellationToken) =>
        PageAsync(
            cursor => WireCall.Contact(
                "get_moment_task", new MomentRequest(momentId, Cursor: cursor, Limit: MomentTasksPage), static wire => wire.MomentRequest),
            WireJson.Wire.MomentTaskReply,
            static reply => reply.TaskList.Items().Select(
                static item => new MomentExecution(item.Userid.Required(), item.PublishStatus == 1)),
            cancellationToken);

    public Task<ApiResult<IReadOnlyList<string>>> GetMomentReachAsync(string momentId, string userId, CancellationToken cancellationToken) =>
        PageAsync(
            cursor => WireCall.Contact(
                "get_moment_send_result", new MomentRequest(momentId, userId, cursor, ReachPage), static wire => wire.MomentRequest),
            WireJson.Wire.MomentReachReply,
            // Some samples carry trailing spaces.
            static reply => reply.CustomerList.Items().Select(static item => item.ExternalUserid.Required().Trim()),
            cancellationToken);

    public Task<ApiResult<MomentReactions>> GetMomentReactionsAsync(string momentId, string userId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Contact("get_moment_comments", new MomentRequest(momentId, userId), static wire => wire.MomentRequest),
            WireJson.Wire.MomentReactionsReply,
            static reply => new MomentReactions(Reactions(reply.CommentList), Reactions(reply.LikeList)),
            cancellationToken);

    private static MomentJob Finished(MomentJobResult result) => new(
        true, result.MomentId.OrNull(), result.Errcode ?? 0, result.Errmsg ?? "", [.. (result.InvalidSenderList?.UserList).Items()]);

    private static List<Reaction> Reactions(IReadOnlyList<ReactionWire?>? rows) =>
        [.. rows.Items().Select(static row => new Reaction(row.ExternalUserid.OrNull(), row.Userid.OrNull(), row.CreateTime.Instant()))];
}

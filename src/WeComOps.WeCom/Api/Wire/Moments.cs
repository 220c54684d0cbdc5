namespace WeComOps.WeCom.Api.Wire;

internal sealed record AddMomentRequest(TextBody Text, IReadOnlyList<MomentAttachment>? Attachments, VisibleRange VisibleRange);

internal sealed record MomentAttachment(string Msgtype, MomentLink? Link = null, MediaImage? Image = null);

internal sealed record MomentLink(string? Title, string? Url, string? MediaId);

internal sealed record VisibleRange(SenderList SenderList, TagFilter? ExternalContactList);

internal sealed record SenderList(IReadOnlyList<string?>? UserList);

internal sealed record TagFilter(IReadOnlyList<string> TagList);

internal sealed record AddMomentReply(string? Jobid);

internal sealed record MomentJobReply(int Status, MomentJobResult? Result);

internal sealed record MomentJobResult(int? Errcode, string? Errmsg, string? MomentId, SenderList? InvalidSenderList);

internal sealed record MomentRequest(string MomentId, string? Userid = null, string? Cursor = null, int? Limit = null);

internal sealed record MomentListRequest(long StartTime, long EndTime, int FilterType, string Cursor, int Limit);

internal sealed record MomentListReply(IReadOnlyList<MomentWire?>? MomentList, string? NextCursor) : IPage;

internal sealed record MomentWire(string? MomentId, TextBody? Text, long CreateTime, MomentLink? Link);

internal sealed record MomentTaskReply(IReadOnlyList<MomentTaskWire?>? TaskList, string? NextCursor) : IPage;

internal sealed record MomentTaskWire(string? Userid, int PublishStatus);

internal sealed record MomentReachReply(IReadOnlyList<ReachWire?>? CustomerList, string? NextCursor) : IPage;

internal sealed record ReachWire(string? ExternalUserid);

internal sealed record MomentReactionsReply(IReadOnlyList<ReactionWire?>? CommentList, IReadOnlyList<ReactionWire?>? LikeList);

internal sealed record ReactionWire(string? Userid, string? ExternalUserid, long CreateTime);

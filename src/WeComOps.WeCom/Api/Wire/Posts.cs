namespace WeComOps.WeCom.Api.Wire;

internal sealed record AddPostRequest(
    string ChatType, string Sender, IReadOnlyList<string>? ChatIdList, TextBody Text, IReadOnlyList<PostAttachment>? Attachments);

internal sealed record PostAttachment(string Msgtype, PostLink? Link = null, MediaImage? Image = null);

internal sealed record PostLink(string? Title, string? Url, string? Desc = null, string? Picurl = null);

internal sealed record AddPostReply(string? Msgid);

internal sealed record PostRequest(string Msgid, string? Userid = null, int? Limit = null, string? Cursor = null);

internal sealed record PostListRequest(string ChatType, long StartTime, long EndTime, int FilterType, int Limit, string Cursor);

internal sealed record PostListReply(IReadOnlyList<PostWire?>? GroupMsgList, string? NextCursor) : IPage;

internal sealed record PostWire(string? Msgid, TextBody? Text, long CreateTime, IReadOnlyList<PostAttachment?>? Attachments);

internal sealed record PostTaskReply(IReadOnlyList<PostTaskWire?>? TaskList, string? NextCursor) : IPage;

internal sealed record PostTaskWire(string? Userid, int Status, long? SendTime);

internal sealed record PostResultReply(IReadOnlyList<PostResultWire?>? SendList, string? NextCursor) : IPage;

internal sealed record PostResultWire(string? Userid, string? ChatId, string? ExternalUserid, int Status, long? SendTime);

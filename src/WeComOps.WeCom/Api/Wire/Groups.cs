namespace WeComOps.WeCom.Api.Wire;

internal sealed record GroupsRequest(int StatusFilter, OwnerFilter OwnerFilter, string Cursor, int Limit);

internal sealed record OwnerFilter(IReadOnlyList<string> UseridList);

internal sealed record GroupsReply(IReadOnlyList<GroupItem?>? GroupChatList, string? NextCursor) : IPage;

internal sealed record GroupItem(string? ChatId);

internal sealed record GroupRequest(string ChatId, int NeedName);

internal sealed record GroupReply(GroupWire? GroupChat);

internal sealed record GroupWire(
    string? ChatId, string? Name, string? Owner, long CreateTime, IReadOnlyList<GroupMemberWire?>? MemberList, string? MemberVersion);

internal sealed record GroupMemberWire(
    string? Userid, int Type, long JoinTime, int? JoinScene, string? State, InvitorWire? Invitor, string? Name);

internal sealed record InvitorWire(string? Userid);

internal sealed record AddJoinWayRequest(int Scene, string? Remark, int AutoCreateRoom, IReadOnlyList<string> ChatIdList, string? State);

internal sealed record AddJoinWayReply(string? ConfigId);

internal sealed record JoinWayRequest(string ConfigId);

internal sealed record JoinWayReply(JoinWayWire? JoinWay);

internal sealed record JoinWayWire(string? ConfigId, string? QrCode, string? State, IReadOnlyList<string?>? ChatIdList);

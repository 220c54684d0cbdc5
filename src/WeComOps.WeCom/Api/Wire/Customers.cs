namespace WeComOps.WeCom.Api.Wire;

internal sealed record CustomerReply(ContactWire? ExternalContact, IReadOnlyList<FollowWire?>? FollowUser, string? NextCursor) : IPage;

internal sealed record ContactWire(string? ExternalUserid, string? Name, string? Unionid, int? Type);

internal sealed record FollowWire(string? Userid, string? Remark, long Createtime, int? AddWay, string? OperUserid, string? State);

internal sealed record CustomersRequest(IReadOnlyList<string> UseridList, string Cursor, int Limit);

internal sealed record CustomersReply(IReadOnlyList<CustomerItem?>? ExternalContactList, string? NextCursor) : IPage;

internal sealed record CustomerIdsReply(IReadOnlyList<string?>? ExternalUserid);

internal sealed record CustomerItem(ContactWire? ExternalContact, FollowWire? FollowInfo);

internal sealed record BehaviorRequest(IReadOnlyList<string> Userid, long StartTime, long EndTime);

internal sealed record BehaviorReply(IReadOnlyList<BehaviorWire?>? BehaviorData);

internal sealed record BehaviorWire(
    long StatTime, int ChatCnt, int MessageCnt, decimal? ReplyPercentage, decimal? AvgReplyTime, int NegativeFeedbackCnt, int NewApplyCnt, int NewContactCnt);

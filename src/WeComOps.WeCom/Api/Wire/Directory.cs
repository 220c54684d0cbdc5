namespace WeComOps.WeCom.Api.Wire;

internal sealed record DepartmentsReply(IReadOnlyList<DepartmentWire?>? Department);

internal sealed record DepartmentWire(long Id, string? Name, long Parentid);

internal sealed record MembersReply(IReadOnlyList<MemberWire?>? Userlist);

internal sealed record MemberWire(string? Userid, string? Name, string? Position, long? MainDepartment, IReadOnlyList<long>? Department, int? Status);

internal sealed record FollowUsersReply(IReadOnlyList<string?>? FollowUser);

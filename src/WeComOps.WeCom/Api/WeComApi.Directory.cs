using System.Globalization;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    public Task<ApiResult<IReadOnlyList<WeComDepartment>>> GetDepartmentsAsync(CancellationToken cancellationToken) =>
        CallAsync(WireCall.Get("/cgi-bin/department/list"), WireJson.Wire.DepartmentsReply, ReadDepartments, cancellationToken);

    public Task<ApiResult<IReadOnlyList<WeComMember>>> GetMembersAsync(long departmentId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Get("/cgi-bin/user/list", ("department_id", departmentId.ToString(CultureInfo.InvariantCulture))),
            WireJson.Wire.MembersReply, ReadMembers, cancellationToken);

    public Task<ApiResult<IReadOnlyList<string>>> GetFollowUsersAsync(CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Get("/cgi-bin/externalcontact/get_follow_user_list"), WireJson.Wire.FollowUsersReply,
            static IReadOnlyList<string> (reply) => [.. reply.FollowUser.Items()], cancellationToken);

    private static IReadOnlyList<WeComDepartment> ReadDepartments(DepartmentsReply reply) =>
        [.. reply.Department.Items().Select(static item => new WeComDepartment(item.Id, item.Name ?? "", item.Parentid))];

    private static IReadOnlyList<WeComMember> ReadMembers(MembersReply reply) =>
    [
        .. reply.Userlist.Items().Select(static item => new WeComMember(
            item.Userid.Required(), item.Name ?? "", item.Position.OrNull(), item.MainDepartment ?? 0, item.Department ?? [], item.Status ?? 0)),
    ];
}

using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    private const int GroupsPage = 1000;
    private const int ExternalMember = 2;
    private const int SceneQrCode = 2;
    private const int MaxRemark = 30;

    public async Task<ApiResult<IReadOnlyList<string>>> ListGroupsAsync(IReadOnlyList<string> owners, CancellationToken cancellationToken)
    {
        if (new Limits().UserIds("the owners", owners, 100).Broken is { } rule)
        {
            return Refuse<IReadOnlyList<string>>(rule);
        }

        return await PageAsync(
            cursor => WireCall.Contact(
                "groupchat/list", new GroupsRequest(0, new OwnerFilter(owners), cursor, GroupsPage), static wire => wire.GroupsRequest),
            WireJson.Wire.GroupsReply,
            static reply => reply.GroupChatList.Items().Select(static item => item.ChatId.Required()),
            cancellationToken);
    }

    public Task<ApiResult<WeComGroup>> GetGroupAsync(string chatId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Contact("groupchat/get", new GroupRequest(chatId, NeedName: 1), static wire => wire.GroupRequest),
            WireJson.Wire.GroupReply, static reply => Group(reply.GroupChat.Required()), cancellationToken);

    public async Task<ApiResult<string>> CreateJoinWayAsync(string chatId, string state, string remark, CancellationToken cancellationToken)
    {
        if (new Limits().Chars("the group", chatId, 1, 128).Chars("the state", state, 0, 30).Broken is { } rule)
        {
            return Refuse<string>(rule);
        }

        // auto_create_room is sent explicitly: sources disagree about its default. WeCom cuts a longer remark the same way.
        var request = new AddJoinWayRequest(
            SceneQrCode, remark.Length > MaxRemark ? remark[..MaxRemark] : remark.OrNull(), AutoCreateRoom: 0, [chatId], state.OrNull());
        return await CallAsync(
            WireCall.Contact("groupchat/add_join_way", request, static wire => wire.AddJoinWayRequest).Once(),
            WireJson.Wire.AddJoinWayReply, static reply => reply.ConfigId.Required(), cancellationToken);
    }

    public Task<ApiResult<JoinWay>> GetJoinWayAsync(string configId, CancellationToken cancellationToken) =>
        CallAsync(
            WireCall.Contact("groupchat/get_join_way", new JoinWayRequest(configId), static wire => wire.JoinWayRequest),
            WireJson.Wire.JoinWayReply, static reply => Way(reply.JoinWay.Required()), cancellationToken);

    private static WeComGroup Group(GroupWire group) => new(
        group.ChatId.Required(), group.Name ?? "", group.Owner ?? "", group.CreateTime.Instant(), group.MemberVersion ?? "",
        [
            .. group.MemberList.Items().Select(static member => new WeComGroupMember(
                member.Userid.Required(), member.Type == ExternalMember, member.JoinTime.Instant(), member.JoinScene ?? 0,
                member.State.OrNull(), member.Invitor?.Userid.OrNull(), member.Name.OrNull())),
        ]);

    private static JoinWay Way(JoinWayWire way) =>
        new(way.ConfigId.Required(), way.QrCode ?? "", way.State.OrNull(), [.. way.ChatIdList.Items()]);
}

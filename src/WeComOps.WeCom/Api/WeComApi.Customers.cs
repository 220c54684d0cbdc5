using WeComOps.Primitives;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

internal sealed partial class WeComApi
{
    private const int CustomersPage = 100;
    private const int MaxBehaviorDays = 30;

    public async Task<ApiResult<WeComCustomer>> GetCustomerAsync(string externalUserId, CancellationToken cancellationToken)
    {
        if (new Limits().Bytes("the external userid", externalUserId, 1, 64).Broken is { } rule)
        {
            return Refuse<WeComCustomer>(rule);
        }

        // Followers beyond 500 come on further pages, each with the customer in front.
        var pages = await PageAsync(
            cursor => cursor.Length == 0
                ? WireCall.Get("/cgi-bin/externalcontact/get", ("external_userid", externalUserId))
                : WireCall.Get("/cgi-bin/externalcontact/get", ("external_userid", externalUserId), ("cursor", cursor)),
            WireJson.Wire.CustomerReply,
            static IEnumerable<WeComCustomer> (reply) => [Customer(reply.ExternalContact.Required(), reply.FollowUser.Items())],
            cancellationToken);
        return pages is ApiResult<IReadOnlyList<WeComCustomer>>.Done done
            ? new ApiResult<WeComCustomer>.Done(Merge(done.Value)[0], done.Raw)
            : As<WeComCustomer, IReadOnlyList<WeComCustomer>>(pages);
    }

    public async Task<ApiResult<WeComPage<WeComCustomer>>> GetCustomersPageAsync(IReadOnlyList<string> userIds, string cursor, CancellationToken cancellationToken)
    {
        if (new Limits().UserIds("the members", userIds, 100).Broken is { } rule)
        {
            return Refuse<WeComPage<WeComCustomer>>(rule);
        }

        var page = await CallAsync(
            WireCall.Contact("batch/get_by_user", new CustomersRequest(userIds, cursor, CustomersPage), static wire => wire.CustomersRequest),
            WireJson.Wire.CustomersReply,
            static reply => new WeComPage<WeComCustomer>(
                Merge(reply.ExternalContactList.Items().Select(static item => Customer(item.ExternalContact.Required(), [item.FollowInfo.Required()]))),
                reply.NextCursor ?? ""),
            cancellationToken);
        return page switch
        {
            // A member without customers is reported as an error of the member.
            ApiResult<WeComPage<WeComCustomer>>.Rejected { Code: ErrorCodes.NoCustomer } none =>
                new ApiResult<WeComPage<WeComCustomer>>.Done(new([], ""), none.Message),
            ApiResult<WeComPage<WeComCustomer>>.Done { Value.Next: { Length: > 0 } next } when next == cursor =>
                new ApiResult<WeComPage<WeComCustomer>>.Unknown("the list does not end: a cursor came back"),
            _ => page,
        };
    }

    public async Task<ApiResult<IReadOnlyList<string>>> GetCustomerIdsAsync(string userId, CancellationToken cancellationToken)
    {
        if (new Limits().UserId("the member", userId).Broken is { } rule)
        {
            return Refuse<IReadOnlyList<string>>(rule);
        }

        var all = await CallAsync(
            WireCall.Get("/cgi-bin/externalcontact/list", ("userid", userId)), WireJson.Wire.CustomerIdsReply,
            static IReadOnlyList<string> (reply) => [.. reply.ExternalUserid.Items()], cancellationToken);
        return all is ApiResult<IReadOnlyList<string>>.Rejected { Code: ErrorCodes.NoCustomer } none
            ? new ApiResult<IReadOnlyList<string>>.Done([], none.Message)
            : all;
    }

    public async Task<ApiResult<IReadOnlyList<BehaviorDay>>> GetBehaviorAsync(
        string userId, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var span = TimeSpan.FromDays(to.DayNumber - from.DayNumber);
        // The range is closed: 30 days are 29 apart.
        if (new Limits().UserId("the member", userId).Span("the range", span, TimeSpan.FromDays(MaxBehaviorDays - 1)).Broken is { } rule)
        {
            return Refuse<IReadOnlyList<BehaviorDay>>(rule);
        }

        // With several members WeCom answers their sum: one call per member.
        var request = new BehaviorRequest(
            [userId], ShanghaiTime.StartOf(from).ToUnixTimeSeconds(), ShanghaiTime.StartOf(to).ToUnixTimeSeconds());
        return await CallAsync(
            WireCall.Contact("get_user_behavior_data", request, static wire => wire.BehaviorRequest),
            WireJson.Wire.BehaviorReply, ReadBehavior, cancellationToken);
    }

    private static IReadOnlyList<BehaviorDay> ReadBehavior(BehaviorReply reply) =>
    [
        .. reply.BehaviorData.Items().Select(static day => new BehaviorDay(
            ShanghaiTime.DayOf(day.StatTime.Instant()), day.NewApplyCnt, day.NewContactCnt, day.ChatCnt, day.MessageCnt, day.ReplyPercentage,
            day.AvgReplyTime is { } minutes ? Minutes(minutes) : null, day.NegativeFeedbackCnt)),
    ];

    private static int Minutes(decimal minutes) => minutes is >= 0 and <= int.MaxValue
        ? (int)Math.Round(minutes, MidpointRounding.ToEven)
        : throw new System.Text.Json.JsonException("A reply time is out of range.");

    private static WeComCustomer Customer(ContactWire contact, IEnumerable<FollowWire> follows) => new(
        contact.ExternalUserid.Required(), contact.Name ?? "", contact.Unionid.OrNull(), contact.Type ?? 0,
        [
            .. follows.Select(static follow => new Follow(
                follow.Userid.Required(), follow.Createtime.Instant(), follow.AddWay ?? 0, follow.OperUserid.OrNull(),
                follow.State.OrNull(), follow.Remark.OrNull())),
        ]);

    /// <summary>One customer per id, in order of first appearance, with the followers of all its rows.</summary>
    private static List<WeComCustomer> Merge(IEnumerable<WeComCustomer> rows) =>
    [
        .. rows.GroupBy(static row => row.ExternalUserId, StringComparer.Ordinal)
            .Select(static group => group.First() with { Follows = [.. group.SelectMany(static row => row.Follows)] }),
    ];
}

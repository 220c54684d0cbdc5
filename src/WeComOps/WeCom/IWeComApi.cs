using WeComOps.Media;

namespace WeComOps.WeCom;

/// <summary>
/// What WeComOps asks of WeCom, in the product's words. Document ids are those of developer.work.weixin.qq.com.
/// Reads page through to the end themselves (but those that say otherwise) and may be retried; the calls under "creating" are made exactly once.
/// </summary>
public interface IWeComApi
{
    // ---- directory -------------------------------------------------------------------------------------------------

    /// <summary>All departments in the app's range (doc 90208).</summary>
    Task<ApiResult<IReadOnlyList<WeComDepartment>>> GetDepartmentsAsync(CancellationToken cancellationToken);

    /// <summary>Members of one department, not of its children (doc 90201).</summary>
    Task<ApiResult<IReadOnlyList<WeComMember>>> GetMembersAsync(long departmentId, CancellationToken cancellationToken);

    /// <summary>Userids of the members who have 客户联系 (doc 92571).</summary>
    Task<ApiResult<IReadOnlyList<string>>> GetFollowUsersAsync(CancellationToken cancellationToken);

    // ---- customers -------------------------------------------------------------------------------------------------

    /// <summary>One customer and every member who added them (doc 92114).</summary>
    Task<ApiResult<WeComCustomer>> GetCustomerAsync(string externalUserId, CancellationToken cancellationToken);

    /// <summary>One page of the customers of up to 100 members, each with the members of this page who follow them (doc 92994, batch/get_by_user).</summary>
    /// <param name="cursor">Empty for the first page; else what the page before named as the next one.</param>
    Task<ApiResult<WeComPage<WeComCustomer>>> GetCustomersPageAsync(IReadOnlyList<string> userIds, string cursor, CancellationToken cancellationToken);

    /// <summary>External userids of all customers of one member, in one answer (doc 92113). Who deleted the member is still among them.</summary>
    Task<ApiResult<IReadOnlyList<string>>> GetCustomerIdsAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Daily behaviour of one member, closed range of at most 30 days, up to yesterday (doc 92132).</summary>
    Task<ApiResult<IReadOnlyList<BehaviorDay>>> GetBehaviorAsync(string userId, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    // ---- moments ---------------------------------------------------------------------------------------------------

    /// <summary>Creating. A moment task for the given executors; the value is the job id, valid 24 h (doc 95094).</summary>
    Task<ApiResult<string>> CreateMomentTaskAsync(NewMomentTask task, CancellationToken cancellationToken);

    /// <summary>State of a moment job (doc 95094; a GET).</summary>
    Task<ApiResult<MomentJob>> GetMomentJobAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Stops the members who have not published yet (doc 97612).</summary>
    Task<ApiResult<Unit>> CancelMomentTaskAsync(string momentId, CancellationToken cancellationToken);

    /// <summary>Corp moments created in the span, at most 30 days (doc 93333); no creator filter.</summary>
    Task<ApiResult<IReadOnlyList<ListedPush>>> ListMomentsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Publish status of each executor (doc 93333). WeCom gives no publish time.</summary>
    Task<ApiResult<IReadOnlyList<MomentExecution>>> GetMomentTaskAsync(string momentId, CancellationToken cancellationToken);

    /// <summary>Customers in whose feed the member's publication appears (doc 93333).</summary>
    Task<ApiResult<IReadOnlyList<string>>> GetMomentReachAsync(string momentId, string userId, CancellationToken cancellationToken);

    /// <summary>Who commented on and liked the member's publication, and when; WeCom gives no text (doc 93333).</summary>
    Task<ApiResult<MomentReactions>> GetMomentReactionsAsync(string momentId, string userId, CancellationToken cancellationToken);

    // ---- mass messages ---------------------------------------------------------------------------------------------

    /// <summary>Creating. A mass message to all groups owned by the sender; the value is the msgid (doc 92135).</summary>
    Task<ApiResult<string>> CreateGroupPostAsync(NewGroupPost post, CancellationToken cancellationToken);

    /// <summary>Corp mass messages to groups created in the span, at most one month (doc 93338); no creator filter.</summary>
    Task<ApiResult<IReadOnlyList<ListedPush>>> ListGroupPostsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Send status per member (doc 93338). After a cancel WeCom answers 41093.</summary>
    Task<ApiResult<IReadOnlyList<PostTask>>> GetGroupPostTaskAsync(string msgId, CancellationToken cancellationToken);

    /// <summary>Groups the message went to (doc 93338); for groups only sent rows are returned.</summary>
    Task<ApiResult<IReadOnlyList<PostDelivery>>> GetGroupPostResultAsync(string msgId, string userId, CancellationToken cancellationToken);

    /// <summary>Reminds members who have not sent, at most 3 times in 24 h (doc 97610).</summary>
    Task<ApiResult<Unit>> RemindGroupPostAsync(string msgId, CancellationToken cancellationToken);

    /// <summary>Stops the unsent part (doc 97611).</summary>
    Task<ApiResult<Unit>> CancelGroupPostAsync(string msgId, CancellationToken cancellationToken);

    // ---- groups ----------------------------------------------------------------------------------------------------

    /// <summary>Ids of the groups owned by up to 100 members (doc 92120).</summary>
    Task<ApiResult<IReadOnlyList<string>>> ListGroupsAsync(IReadOnlyList<string> owners, CancellationToken cancellationToken);

    /// <summary>A group with its members (doc 92122).</summary>
    Task<ApiResult<WeComGroup>> GetGroupAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Creating. A join code (scene 2, no automatic new rooms); the value is the config id (doc 92229).</summary>
    /// <param name="state">At most 30 characters; comes back as the member's <c>state</c>.</param>
    Task<ApiResult<string>> CreateJoinWayAsync(string chatId, string state, string remark, CancellationToken cancellationToken);

    /// <summary>The join way with its QR code (doc 92229).</summary>
    Task<ApiResult<JoinWay>> GetJoinWayAsync(string configId, CancellationToken cancellationToken);

    // ---- media -----------------------------------------------------------------------------------------------------

    /// <summary>
    /// Uploads a picture: for moments with upload_attachment (doc 95098, attachment type 1), for covers with media/uploadimg (doc 90256,
    /// at most 2 MiB), else with media/upload (doc 90253). Kept by WeCom for three days, covers for good. Uploading again makes another copy and harms nothing, so it may be retried.
    /// </summary>
    Task<ApiResult<UploadedMedia>> UploadPictureAsync(PictureUpload picture, MediaUse use, CancellationToken cancellationToken);

    // ---- messages to advisors --------------------------------------------------------------------------------------

    /// <summary>Creating. An app message to one member (doc 90236).</summary>
    Task<ApiResult<SentMessage>> SendMessageAsync(AppMessage message, CancellationToken cancellationToken);
}

/// <summary>No value.</summary>
public readonly record struct Unit;

/// <summary>A page of a list.</summary>
/// <param name="Next">Cursor of the page that follows; empty on the last one.</param>
public sealed record WeComPage<T>(IReadOnlyList<T> Items, string Next);

public sealed record WeComDepartment(long Id, string Name, long ParentId);

/// <param name="MainDepartment">Department that stands for the member's branch; 0 when WeCom does not say.</param>
public sealed record WeComMember(string UserId, string Name, string? Position, long MainDepartment, IReadOnlyList<long> Departments, int Status);

/// <param name="Type">1 WeChat user, 2 WeCom user.</param>
public sealed record WeComCustomer(string ExternalUserId, string Name, string? UnionId, int Type, IReadOnlyList<Follow> Follows);

/// <param name="AddWay">Raw number; see wecom doc 92114. Unknown values are kept as they are.</param>
/// <param name="OperUserId">Who started it: the member's userid, or the external userid when the customer did.</param>
public sealed record Follow(string UserId, DateTimeOffset Since, int AddWay, string? OperUserId, string? State, string? Remark);

/// <param name="ReplyPercentage">Percent 0–100; null when no customer started a chat.</param>
/// <param name="AverageReplyMinutes">Null when no customer started a chat.</param>
public sealed record BehaviorDay(
    DateOnly Day, int NewApplications, int NewContacts, int Chats, int Messages, decimal? ReplyPercentage, int? AverageReplyMinutes, int NegativeFeedback);

/// <param name="Text">At most 2,000 characters; carries the tracked link.</param>
/// <param name="UserIds">Executors, 1 to 100,000.</param>
/// <param name="TagIds">Corp tags that narrow who sees it; empty means every customer of the executor.</param>
/// <param name="Pictures">Media ids made for moments, at most 9; WeCom takes pictures or a link, not both.</param>
public sealed record NewMomentTask(
    string Text, PushLink? Link, IReadOnlyList<string> UserIds, IReadOnlyList<string> TagIds, IReadOnlyList<string>? Pictures = null);

/// <param name="FileName">Sent as it is when it is ASCII, else under a plain name: WeCom shows it nowhere.</param>
/// <param name="ContentType"><c>image/png</c> or <c>image/jpeg</c>.</param>
/// <param name="Bytes">More than 5, at most 10 MiB.</param>
public sealed record PictureUpload(string FileName, string ContentType, byte[] Bytes);

/// <param name="MediaId">For a cover its address.</param>
/// <param name="CreatedAt">WeCom's time of the upload: the three days run from here. Null for a cover, which does not expire.</param>
public sealed record UploadedMedia(string MediaId, DateTimeOffset? CreatedAt);

/// <param name="Title">At most 64 bytes.</param>
/// <param name="Cover">For a moment a media id from upload_attachment, for a mass message the address from uploadimg; null sends none.</param>
/// <param name="Description">At most 512 bytes; a moment shows none.</param>
public sealed record PushLink(string Title, string Url, string? Cover, string? Description = null);

/// <param name="MomentId">Set once <see cref="Finished"/>.</param>
public sealed record MomentJob(bool Finished, string? MomentId, int ErrorCode, string ErrorMessage, IReadOnlyList<string> InvalidUserIds);

/// <param name="Id">moment_id or msgid.</param>
/// <param name="Links">Addresses of the links that are attached to it.</param>
public sealed record ListedPush(string Id, string Text, DateTimeOffset CreatedAt, IReadOnlyList<string> Links)
{
    /// <summary>Whether the token of a tracked link stands in its text or in a link of it.</summary>
    public bool Carries(string token) => Text.Contains(token, StringComparison.Ordinal) || Links.Any(link => link.Contains(token, StringComparison.Ordinal));
}

public sealed record MomentExecution(string UserId, bool Published);

public sealed record MomentReactions(IReadOnlyList<Reaction> Comments, IReadOnlyList<Reaction> Likes);

/// <param name="ExternalUserId">Null when a colleague reacted.</param>
public sealed record Reaction(string? ExternalUserId, string? UserId, DateTimeOffset At);

/// <param name="Text">At most 4,000 bytes.</param>
/// <param name="Pictures">Media ids made for messages; with the link at most 9.</param>
public sealed record NewGroupPost(
    string Sender, string Text, PushLink? Link, IReadOnlyList<string> ChatIds, IReadOnlyList<string>? Pictures = null);

public sealed record PostTask(string UserId, bool Sent, DateTimeOffset? SentAt);

/// <param name="Status">0 unsent, 1 sent, 2 no longer a friend, 3 cap of mass messages reached.</param>
public sealed record PostDelivery(string UserId, string? ChatId, string? ExternalUserId, int Status, DateTimeOffset? SentAt);

public sealed record WeComGroup(
    string ChatId, string Name, string Owner, DateTimeOffset CreatedAt, string MemberVersion, IReadOnlyList<WeComGroupMember> Members);

/// <param name="External">True for a customer (type 2).</param>
/// <param name="JoinScene">1 invited, 2 invite link, 3 scanned the join code.</param>
public sealed record WeComGroupMember(
    string Id, bool External, DateTimeOffset JoinedAt, int JoinScene, string? State, string? InvitedBy, string? Name);

public sealed record JoinWay(string ConfigId, string QrCode, string? State, IReadOnlyList<string> ChatIds);

/// <summary>A message of the app to one member: plain text, or a card that can be answered.</summary>
public abstract record AppMessage(string UserId)
{
    /// <param name="Content">At most 2,048 bytes; longer texts are refused before the call, since WeCom cuts them silently.</param>
    public sealed record Text(string UserId, string Content) : AppMessage(UserId);

    /// <summary>An interactive card (template_card, button_interaction).</summary>
    /// <param name="TaskId">Unique per app, <c>[0-9A-Za-z_-@]</c>, at most 128 bytes; comes back in the click.</param>
    /// <param name="Title">At most 36 characters.</param>
    /// <param name="Description">Body text shown under the title.</param>
    /// <param name="Buttons">1 to 6, texts of at most 10 characters.</param>
    /// <param name="Selection">An optional drop-down with at most 10 options.</param>
    public sealed record Card(
        string UserId, string TaskId, string Title, string Description, IReadOnlyList<CardButton> Buttons, CardSelection? Selection) : AppMessage(UserId);
}

public sealed record CardButton(string Key, string Text);

public sealed record CardSelection(string QuestionKey, string Title, IReadOnlyList<CardOption> Options);

public sealed record CardOption(string Id, string Text);

/// <param name="ResponseCode">For update_template_card, once, within 72 h; null for plain texts.</param>
public sealed record SentMessage(string MsgId, string? ResponseCode, IReadOnlyList<string> InvalidUserIds);

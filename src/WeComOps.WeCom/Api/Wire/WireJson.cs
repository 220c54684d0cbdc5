using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeComOps.WeCom.Api.Wire;

/// <summary>
/// WeCom's JSON: snake_case, absent instead of null, Chinese unescaped, numbers that sometimes arrive as strings. Names that WeCom
/// writes as one word (msgid, jobid) are written as one word here.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireStatus))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(DepartmentsReply))]
[JsonSerializable(typeof(MembersReply))]
[JsonSerializable(typeof(FollowUsersReply))]
[JsonSerializable(typeof(CustomerReply))]
[JsonSerializable(typeof(CustomersRequest))]
[JsonSerializable(typeof(CustomersReply))]
[JsonSerializable(typeof(CustomerIdsReply))]
[JsonSerializable(typeof(BehaviorRequest))]
[JsonSerializable(typeof(BehaviorReply))]
[JsonSerializable(typeof(AddMomentRequest))]
[JsonSerializable(typeof(AddMomentReply))]
[JsonSerializable(typeof(MomentJobReply))]
[JsonSerializable(typeof(MomentRequest))]
[JsonSerializable(typeof(MomentListRequest))]
[JsonSerializable(typeof(MomentListReply))]
[JsonSerializable(typeof(MomentTaskReply))]
[JsonSerializable(typeof(MomentReachReply))]
[JsonSerializable(typeof(MomentReactionsReply))]
[JsonSerializable(typeof(AddPostRequest))]
[JsonSerializable(typeof(AddPostReply))]
[JsonSerializable(typeof(PostRequest))]
[JsonSerializable(typeof(PostListRequest))]
[JsonSerializable(typeof(PostListReply))]
[JsonSerializable(typeof(PostTaskReply))]
[JsonSerializable(typeof(PostResultReply))]
[JsonSerializable(typeof(GroupsRequest))]
[JsonSerializable(typeof(GroupsReply))]
[JsonSerializable(typeof(GroupRequest))]
[JsonSerializable(typeof(GroupReply))]
[JsonSerializable(typeof(AddJoinWayRequest))]
[JsonSerializable(typeof(AddJoinWayReply))]
[JsonSerializable(typeof(JoinWayRequest))]
[JsonSerializable(typeof(JoinWayReply))]
[JsonSerializable(typeof(UploadReply))]
[JsonSerializable(typeof(UploadedImageReply))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(MessageReply))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Relaxed escaping is safe here: the text goes to an API as JSON, never into a page.</summary>
    public static WireJson Wire => Relaxed.Context;

    // A class of its own: the order of static initialisers across the generated parts of this one is not defined.
    private static class Relaxed
    {
        public static readonly WireJson Context = new(
            new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

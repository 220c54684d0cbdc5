using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>The table of served APIs and the steps of every call: faults, verb, token, limit, answer.</summary>
internal sealed class ApiRouter
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);
    private readonly RateLimits _limits = new();
    private readonly World _world;
    private readonly TokenApi _token;
    private int _faultsHit;

    public ApiRouter(World world, Storyteller story)
    {
        _world = world;
        _token = new TokenApi(world);
        var contacts = new ContactsApi(world);
        var customers = new CustomersApi(world);
        var moments = new MomentsApi(world, story);
        var results = new MomentResultsApi(world);
        var mass = new MassMessagesApi(world, story);
        var groups = new GroupsApi(world, story);
        var tags = new TagsApi(world);
        var messages = new AppMessagesApi(world, story);
        var media = new MediaApi(world);
        _routes["gettoken"] = new Route("GET", _token.GetToken) { Open = true };
        Get("getcallbackip", TokenApi.CallbackAddresses);
        Get("department/list", contacts.Departments);
        Get("user/list", contacts.List);
        Get("user/simplelist", contacts.SimpleList);
        Get("user/get", contacts.Get);
        Get("externalcontact/get_follow_user_list", customers.FollowUsers);
        Get("externalcontact/list", customers.List);
        Get("externalcontact/get", customers.Get);
        Post("externalcontact/batch/get_by_user", customers.BatchGetByUser);
        Post("externalcontact/send_welcome_msg", customers.SendWelcome);
        Post("externalcontact/get_user_behavior_data", new BehaviorApi(world).Get);
        Post("externalcontact/get_corp_tag_list", tags.List);
        Post("externalcontact/add_corp_tag", tags.Add);
        Post("externalcontact/mark_tag", tags.Mark);
        _routes["externalcontact/add_moment_task"] = new Route("POST", moments.Add) { PerMinute = 10 };
        // Sources disagree about the verb, so both are served.
        _routes["externalcontact/get_moment_task_result"] = new Route("GET POST", moments.Result);
        Post("externalcontact/cancel_moment_task", moments.Cancel);
        Post("externalcontact/get_moment_list", results.List);
        Post("externalcontact/get_moment_task", results.Task);
        Post("externalcontact/get_moment_customer_list", results.Customers);
        Post("externalcontact/get_moment_send_result", results.Reached);
        Post("externalcontact/get_moment_comments", results.Comments);
        Post("externalcontact/add_msg_template", mass.Add);
        Post("externalcontact/get_groupmsg_list_v2", mass.List);
        Post("externalcontact/get_groupmsg_task", mass.Task);
        Post("externalcontact/get_groupmsg_send_result", mass.SendResult);
        Post("externalcontact/remind_groupmsg_send", mass.Remind);
        Post("externalcontact/cancel_groupmsg_send", mass.Cancel);
        Post("externalcontact/groupchat/list", groups.List);
        Post("externalcontact/groupchat/get", groups.Get);
        Post("externalcontact/groupchat/add_join_way", groups.AddJoinWay);
        Post("externalcontact/groupchat/get_join_way", groups.GetJoinWay);
        Post("externalcontact/groupchat/update_join_way", groups.UpdateJoinWay);
        Post("externalcontact/groupchat/del_join_way", groups.DeleteJoinWay);
        Post("message/send", messages.Send);
        Post("message/update_template_card", messages.UpdateCard);
        _routes["media/upload"] = new Route("POST", media.Upload) { Form = true };
        _routes["media/uploadimg"] = new Route("POST", media.UploadImage) { Form = true };
        _routes["media/upload_attachment"] = new Route("POST", media.UploadAttachment) { Form = true };
    }

    public IReadOnlyCollection<string> Paths => _routes.Keys;

    /// <summary>Calls answered so far per API, with the errcode that was given.</summary>
    public Dictionary<(string Api, int Code), int> Answered { get; } = [];

    public void SetFaults(SandboxFaults faults)
    {
        _world.Faults = faults with { ExpireToken = false };
        _faultsHit = 0;
        if (faults.ExpireToken) _token.Expire();
    }

    /// <summary>Answers a call below /cgi-bin/; false when there is no such API.</summary>
    public async Task<bool> TryServeAsync(string path, HttpContext context)
    {
        if (!_routes.TryGetValue(path, out var route)) return false;
        if (_world.Faults.SlowMilliseconds is > 0 and var slow) await Task.Delay(slow, context.RequestAborted);
        var media = route.Form && context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted)).Files.GetFile("media") : null;
        using var body = route.Form ? null : await ReadBodyAsync(context);
        byte[]? bytes = null;
        lock (_world.Gate)
        {
            if (Hit(_world.Faults.ServerError, path))
            {
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return true;
            }

            var call = new ApiCall(_world, context.Request.Query, body?.RootElement ?? default, _world.Clock.GetUtcNow(), media);
            var answer = Answer(path, route, context.Request.Method, call);
            var dropped = answer.Code == 0 && Hit(_world.Faults.DropReply, path);
            Answered[(path, answer.Code)] = Answered.GetValueOrDefault((path, answer.Code)) + 1;
            // Written while the world is held: an answer is one moment's truth, and what it shows is noted as served. A dropped one shows nothing.
            if (!dropped) bytes = answer.ToBytes();
        }

        if (bytes is null)
        {
            context.Abort();
            return true;
        }

        context.Response.ContentType = "application/json; charset=UTF-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        return true;
    }

    private Answer Answer(string path, Route route, string method, ApiCall call)
    {
        if (!route.Verbs.Contains(method, StringComparison.Ordinal)) return Api.Answer.Fail(method == "GET" ? 40063 : 40058, $"require {route.Verbs}");
        if (!route.Open && _token.Check(call) is { } refusal) return refusal;
        if (Hit(_world.Faults.Busy, path)) return Api.Answer.Fail(-1, "system busy");
        if (Hit(_world.Faults.RateLimited, path) || !_limits.Allow(path, route.PerMinute, call.Now)) return Api.Answer.Fail(45009, "api freq out of limit");
        if (route.Verbs == "POST" && !route.Form && call.Body.ValueKind != JsonValueKind.Object) return Api.Answer.Invalid("json");
        return route.Handle(call);
    }

    private bool Hit(IReadOnlyList<string> paths, string path)
    {
        if (paths.Count == 0 || (_world.Faults.Times is { } times && _faultsHit >= times)) return false;
        if (!paths.Contains(path, StringComparer.Ordinal) && !paths.Contains("*", StringComparer.Ordinal)) return false;
        _faultsHit++;
        return true;
    }

    /// <summary>The JSON body, or null when there is none or it is not JSON.</summary>
    private static async Task<JsonDocument?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.Method != "POST") return null;
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Get(string path, Func<ApiCall, Answer> handle) => _routes[path] = new Route("GET", handle);

    private void Post(string path, Func<ApiCall, Answer> handle) => _routes[path] = new Route("POST", handle);

    private sealed record Route(string Verbs, Func<ApiCall, Answer> Handle)
    {
        /// <summary>Served without a token.</summary>
        public bool Open { get; init; }

        public bool Form { get; init; }

        public int? PerMinute { get; init; }
    }
}

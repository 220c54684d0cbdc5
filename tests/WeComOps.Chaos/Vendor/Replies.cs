using System.Globalization;
using System.Text.Json.Nodes;
using WeComOps.Chaos.Load;

namespace WeComOps.Chaos.Vendor;

/// <summary>WeCom's answers, with the effects of creating calls. Pure but for the ledger and the clock.</summary>
internal sealed class Replies(Effects effects, TimeProvider clock)
{
    private const string External = "/cgi-bin/externalcontact/";
    private static readonly TimeSpan JobTime = TimeSpan.FromMilliseconds(800);
    private int _made;
    private int _tokens;

    /// <summary>Calls that create something: what they bring about is counted.</summary>
    public static bool Creates(string path) => path is External + "add_moment_task" or External + "add_msg_template" or "/cgi-bin/message/send";

    /// <summary>What tells a creating call from every other: its text, or the card's task id.</summary>
    public static string KeyOf(JsonNode? body) => Text(body, "msgtype") == "template_card" ? Text(body!["template_card"], "task_id") : Text(body?["text"], "content");

    /// <returns>Null when the rig does not know the path.</returns>
    public JsonObject? Answer(string path, IReadOnlyDictionary<string, string> query, JsonNode? body) => path switch
    {
        "/cgi-bin/gettoken" => Ok(("access_token", Next(ref _tokens, "token-")), ("expires_in", 7200)),
        "/cgi-bin/department/list" => Ok(("department", new JsonArray(Department(1, 0), Department(Corp.Department, 1)))),
        "/cgi-bin/user/list" => Ok(("userlist", query.GetValueOrDefault("department_id") == "1" ? new JsonArray() : Members())),
        External + "get_follow_user_list" => Ok(("follow_user", new JsonArray([.. Enumerable.Range(0, Corp.Advisors).Select(index => JsonValue.Create(Corp.Advisor(index)))]))),
        External + "get" => Customer(query.GetValueOrDefault("external_userid") ?? ""),
        External + "batch/get_by_user" => CustomersPage(body),
        External + "list" => CustomersOf(query.GetValueOrDefault("userid") ?? ""),
        External + "get_user_behavior_data" => Ok(("behavior_data", new JsonArray())),
        External + "groupchat/list" => Ok(("group_chat_list", new JsonArray())),
        External + "groupchat/get" => Group(Text(body, "chat_id")),
        External + "add_moment_task" => Ok(("jobid", Create(body, isMoment: true).JobId)),
        External + "add_msg_template" => Ok(("fail_list", new JsonArray()), ("msgid", Create(body, isMoment: false).Id)),
        External + "get_moment_task_result" => Job(query.GetValueOrDefault("jobid") ?? ""),
        External + "get_moment_list" => List("moment_list", "moment_id", body, isMoment: true),
        External + "get_groupmsg_list_v2" => List("group_msg_list", "msgid", body, isMoment: false),
        External + "get_moment_task" => Task("moment_id", "publish_status", body),
        External + "get_groupmsg_task" => Task("msgid", "status", body),
        External + "get_moment_send_result" => Ok(("customer_list", new JsonArray()), ("next_cursor", "")),
        External + "get_groupmsg_send_result" => Ok(("send_list", new JsonArray()), ("next_cursor", "")),
        External + "get_moment_comments" => Ok(("comment_list", new JsonArray()), ("like_list", new JsonArray())),
        External + "cancel_moment_task" or External + "cancel_groupmsg_send" or External + "remind_groupmsg_send" => Ok(),
        "/cgi-bin/message/send" => Send(body),
        _ => null,
    };

    private static JsonObject Ok(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var answer = new JsonObject { ["errcode"] = 0, ["errmsg"] = "ok" };
        foreach (var (name, value) in members)
        {
            answer[name] = value;
        }

        return answer;
    }

    public static JsonObject Fail(int code, string message) => new() { ["errcode"] = code, ["errmsg"] = message };

    private static string Next(ref int counter, string prefix) => prefix + Interlocked.Increment(ref counter).ToString("000000", CultureInfo.InvariantCulture);

    private static JsonObject Department(long id, long parent) => new() { ["id"] = id, ["name"] = "支行" + id.ToString(CultureInfo.InvariantCulture), ["parentid"] = parent };

    private static JsonArray Members() => new([.. Enumerable.Range(0, Corp.Advisors).Select(index => new JsonObject
    {
        ["userid"] = Corp.Advisor(index),
        ["name"] = "经理" + index.ToString(CultureInfo.InvariantCulture),
        ["main_department"] = Corp.Department,
        ["department"] = new JsonArray(Corp.Department),
        ["status"] = 1,
    })]);

    private JsonObject Customer(string id) => Known(id) is not { } known
        ? Fail(84061, "not external contact")
        : Ok(("external_contact", Contact(id, known.Name)), ("follow_user", new JsonArray(Follow(known.Advisor, known.At))));

    private JsonObject CustomersOf(string advisor) =>
        Ok(("external_userid", new JsonArray([.. All().Where(friend => friend.Advisor == advisor).Select(friend => JsonValue.Create(friend.Customer))])));

    private JsonObject CustomersPage(JsonNode? body)
    {
        var advisors = body!["userid_list"]!.AsArray().Select(user => user!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        // In the order of their ids, after the cursor: who comes meanwhile moves nobody to another page.
        var after = Text(body, "cursor");
        var limit = body["limit"]!.GetValue<int>();
        var page = All().Where(friend => advisors.Contains(friend.Advisor) && string.CompareOrdinal(friend.Customer, after) > 0)
            .OrderBy(friend => friend.Customer, StringComparer.Ordinal).Take(limit + 1).ToArray();
        return Ok(
            ("external_contact_list", new JsonArray([.. page.Take(limit).Select(friend => new JsonObject
            {
                ["external_contact"] = Contact(friend.Customer, friend.Name), ["follow_info"] = Follow(friend.Advisor, friend.At),
            })])),
            ("next_cursor", page.Length > limit ? page[limit - 1].Customer : ""));
    }

    private IEnumerable<(string Customer, string Name, string Advisor, long At)> All() =>
        Corp.Common.Select(common => (common.Customer, Corp.CommonName, common.Advisor, Corp.Before))
            .Concat(effects.Friends.Select(friend => (friend.Key, "客户" + friend.Key, friend.Value.Advisor, friend.Value.At)));

    private (string Name, string Advisor, long At)? Known(string id) => effects.Friends.TryGetValue(id, out var friend)
        ? ("客户" + id, friend.Advisor, friend.At)
        : Corp.Common.Where(common => common.Customer == id).Select(common => ((string, string, long)?)(Corp.CommonName, common.Advisor, Corp.Before)).FirstOrDefault();

    private static JsonObject Contact(string id, string name) => new() { ["external_userid"] = id, ["name"] = name, ["type"] = 1 };

    private static JsonObject Follow(string advisor, long at) => new() { ["userid"] = advisor, ["createtime"] = at, ["add_way"] = 1, ["oper_userid"] = advisor };

    private JsonObject Group(string id) => Ok(("group_chat", new JsonObject
    {
        ["chat_id"] = id,
        ["name"] = "群" + id,
        ["owner"] = "adv" + id[2..5],
        ["create_time"] = EventMaker.CreatedAt(id),
        ["member_version"] = "v1",
        ["member_list"] = new JsonArray([.. EventMaker.Members(id).Where(member => effects.Left.GetValueOrDefault(id) != member.Customer).Select(member => new JsonObject
        {
            ["userid"] = member.Customer, ["type"] = 2, ["join_time"] = member.JoinedAt, ["join_scene"] = 1,
        })]),
    }));

    private CreatedPush Create(JsonNode? body, bool isMoment)
    {
        var number = Next(ref _made, "");
        IReadOnlyList<string> executors = isMoment
            ? [.. body!["visible_range"]!["sender_list"]!["user_list"]!.AsArray().Select(user => user!.GetValue<string>())]
            : [Text(body, "sender")];
        var created = new CreatedPush((isMoment ? "mom" : "msg") + number, "job" + number, Text(body!["text"], "content"), executors, clock.GetUtcNow(), isMoment);
        effects.Pushes.Enqueue(created);
        return created;
    }

    private JsonObject Job(string id) => effects.Pushes.FirstOrDefault(push => push.JobId == id) switch
    {
        null => Fail(41046, "invalid jobid"),
        var push when clock.GetUtcNow() - push.At < JobTime => Ok(("status", 1), ("type", "add_moment_task")),
        var push => Ok(("status", 3), ("type", "add_moment_task"), ("result", Ok(("moment_id", push.Id)))),
    };

    private JsonObject List(string list, string id, JsonNode? body, bool isMoment)
    {
        var (from, to) = (body!["start_time"]!.GetValue<long>(), body["end_time"]!.GetValue<long>());
        var skip = int.TryParse(Text(body, "cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var limit = body["limit"]!.GetValue<int>();
        var found = effects.Pushes.Where(push => push.IsMoment == isMoment && push.At.ToUnixTimeSeconds() is var at && at >= from && at <= to).ToArray();
        var page = found.Skip(skip).Take(limit).Select(push => new JsonObject
        {
            [id] = push.Id,
            ["create_time"] = push.At.ToUnixTimeSeconds(),
            ["create_type"] = 0,
            ["text"] = new JsonObject { ["content"] = push.Text },
        }).ToArray();
        return Ok((list, new JsonArray([.. page])), ("next_cursor", skip + limit < found.Length ? (skip + limit).ToString(CultureInfo.InvariantCulture) : ""));
    }

    private JsonObject Task(string id, string status, JsonNode? body) => effects.Pushes.FirstOrDefault(push => push.Id == Text(body, id)) is { } found
        ? Ok(("task_list", new JsonArray([.. found.Executors.Select(user => new JsonObject { ["userid"] = user, [status] = 0 })])), ("next_cursor", ""))
        : Fail(41046, "invalid id");

    private JsonObject Send(JsonNode? body)
    {
        var isCard = Text(body, "msgtype") == "template_card";
        effects.Message(KeyOf(body));
        return Ok(("invaliduser", ""), ("msgid", Next(ref _made, "app")), ("response_code", isCard ? Next(ref _made, "rc") : null));
    }

    private static string Text(JsonNode? node, string name) => node?[name]?.GetValue<string>() ?? "";
}

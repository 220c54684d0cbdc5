using System.Globalization;
using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Customer groups (docs 92120, 92122) and their join codes (doc 92229).</summary>
internal sealed class GroupsApi(World world, Storyteller story)
{
    private readonly Dictionary<ulong, int> _ways = [];

    public Answer List(ApiCall call)
    {
        if (call.Body.Member("limit").ValueKind is JsonValueKind.Undefined) return Answer.Missing("limit");
        if (call.Page(0, 1000) is not { } page) return Answer.Invalid("limit or cursor");
        if (call.Body.Member("owner_filter").Texts("userid_list") is not { } owners || owners.Count > 100) return Answer.Invalid("owner_filter");
        if (call.Number("status_filter") is { } status and not (0 or 1 or 2 or 3)) return Answer.Invalid($"status_filter {status}");
        if (owners.Count == 0 && world.Advisors.Count > 1000) return Answer.Fail(81017, "too many members, iterate owners");
        var all = call.Number("status_filter") is > 0 ? [] : world.Groups.Values
            .Where(group => owners.Count == 0 || owners.Contains(group.Owner.UserId, StringComparer.OrdinalIgnoreCase))
            .OrderBy(group => group.Owner.Index).ThenBy(group => group.CreatedAt).ThenBy(group => group.ChatId, StringComparer.Ordinal).ToList();
        return Answer.Ok(writer =>
        {
            writer.WriteStartArray("group_chat_list");
            foreach (var group in page.Of(all))
            {
                writer.WriteStartObject();
                writer.WriteString("chat_id", group.ChatId);
                writer.WriteNumber("status", 0);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("next_cursor", page.Next(all.Count));
        });
    }

    public Answer Get(ApiCall call)
    {
        if (call.Text("chat_id") is not { } id) return Answer.Missing("chat_id");
        if (!world.Groups.TryGetValue(id, out var group)) return Answer.Fail(90501, "not a customer group");
        var names = call.Number("need_name") == 1 || call.Body.Member("need_name").ValueKind == JsonValueKind.True;
        return Answer.Ok(writer =>
        {
            writer.WriteStartObject("group_chat");
            writer.WriteString("chat_id", group.ChatId);
            writer.WriteString("name", group.Name);
            writer.WriteString("owner", group.Owner.UserId);
            writer.WriteNumber("create_time", group.CreatedAt.ToUnixTimeSeconds());
            writer.WriteString("notice", "");
            writer.WriteStartArray("member_list");
            Owner(writer, group, names);
            foreach (var member in group.Members) Member(writer, group, member, names);
            writer.WriteEndArray();
            writer.WriteStartArray("admin_list");
            writer.WriteEndArray();
            writer.WriteString("member_version", story.Callbacks.MemberVersion(group, group.Version));
            writer.WriteEndObject();
        });
    }

    public Answer AddJoinWay(ApiCall call)
    {
        if (Read(call, out var way) is { } refusal) return refusal;
        var hash = Dice.Hash(way.State + "|" + string.Join('|', way.ChatIds));
        var ordinal = _ways[hash] = _ways.GetValueOrDefault(hash) + 1;
        var id = string.Create(CultureInfo.InvariantCulture, $"{world.Dice.Bits("join-way", (long)hash, ordinal):x16}{world.Dice.Bits("join-way", (long)hash, ordinal, 1):x16}");
        world.JoinWays[id] = way with { ConfigId = id };
        world.Journal.Note(call.Now, "join_way_added", reference: id, text: way.State);
        return Answer.Ok(writer => writer.WriteString("config_id", id));
    }

    public Answer GetJoinWay(ApiCall call)
    {
        if (Way(call, out var way) is { } refusal) return refusal;
        return Answer.Ok(writer =>
        {
            writer.WriteStartObject("join_way");
            writer.WriteString("config_id", way.ConfigId);
            writer.WriteNumber("scene", way.Scene);
            writer.WriteString("remark", way.Remark);
            writer.WriteNumber("auto_create_room", way.AutoCreateRoom);
            writer.WriteString("room_base_name", way.RoomBaseName);
            writer.WriteNumber("room_base_id", way.RoomBaseId);
            writer.Strings("chat_id_list", way.ChatIds);
            writer.WriteString("qr_code", new Uri(world.BaseUrl, $"/sandbox/join/{way.ConfigId}").AbsoluteUri);
            writer.WriteString("state", way.State);
            writer.WriteBoolean("mark_source", way.MarkSource);
            writer.WriteEndObject();
        });
    }

    public Answer UpdateJoinWay(ApiCall call)
    {
        if (Way(call, out var old) is { } unknown) return unknown;
        if (Read(call, out var way) is { } refusal) return refusal;
        world.JoinWays[old.ConfigId] = way with { ConfigId = old.ConfigId };
        return Answer.Ok();
    }

    public Answer DeleteJoinWay(ApiCall call)
    {
        if (Way(call, out var way) is { } refusal) return refusal;
        world.JoinWays.Remove(way.ConfigId);
        return Answer.Ok();
    }

    private Answer? Way(ApiCall call, out JoinWay way)
    {
        way = Empty;
        if (call.Text("config_id") is not { } id) return Answer.Missing("config_id");
        if (!world.JoinWays.TryGetValue(id, out var found)) return Answer.Fail(41044, "invalid config_id");
        way = found;
        return null;
    }

    private Answer? Read(ApiCall call, out JoinWay way)
    {
        way = Empty;
        if (call.Number("scene") is not { } scene) return Answer.Missing("scene");
        if (scene is not (1 or 2)) return Answer.Invalid("scene");
        if (call.Body.Texts("chat_id_list") is not { } chats) return Answer.Invalid("chat_id_list");
        if (chats.Count == 0) return Answer.Missing("chat_id_list");
        if (chats.Count > 5) return Answer.Fail(41091, "at most five groups");
        if (chats.Any(chat => !world.Groups.ContainsKey(chat))) return Answer.Fail(90501, "not a customer group");
        var state = call.Text("state") ?? "";
        if (state.Length > 30) return Answer.Invalid("state");
        var name = call.Text("room_base_name") ?? "";
        if (name.Length > 40) return Answer.Invalid("room_base_name");
        var remark = call.Text("remark") ?? "";
        way = new JoinWay("", (int)scene, remark.Length > 30 ? remark[..30] : remark, (int)(call.Number("auto_create_room") ?? 1), name,
            (int)(call.Number("room_base_id") ?? 0), chats, state, call.Body.Member("mark_source").ValueKind == JsonValueKind.True);
        return null;
    }

    private static readonly JoinWay Empty = new("", 0, "", 0, "", 0, [], "", false);

    private static void Owner(Utf8JsonWriter writer, CustomerGroup group, bool names)
    {
        writer.WriteStartObject();
        writer.WriteString("userid", group.Owner.UserId);
        writer.WriteNumber("type", 1);
        writer.WriteNumber("join_time", group.CreatedAt.ToUnixTimeSeconds());
        writer.WriteNumber("join_scene", 1);
        writer.WriteString("group_nickname", "");
        if (names) writer.WriteString("name", group.Owner.Name);
        writer.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter writer, CustomerGroup group, GroupMember member, bool names)
    {
        writer.WriteStartObject();
        writer.WriteString("userid", member.Customer.ExternalUserId);
        writer.WriteNumber("type", 2);
        writer.WriteString("unionid", member.Customer.UnionId);
        writer.WriteNumber("join_time", member.At.ToUnixTimeSeconds());
        writer.WriteNumber("join_scene", member.JoinScene);
        if (member.State is not null) writer.WriteString("state", member.State);
        if (member.JoinScene is 1 or 2)
        {
            writer.WriteStartObject("invitor");
            writer.WriteString("userid", group.Owner.UserId);
            writer.WriteEndObject();
        }

        writer.WriteString("group_nickname", "");
        if (names) writer.WriteString("name", member.Customer.Name);
        writer.WriteEndObject();
    }
}

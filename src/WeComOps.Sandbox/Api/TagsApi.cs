using System.Text.Json;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Corp tags (doc 92117) and who bears them (doc 92118): what a moment can be narrowed by.</summary>
internal sealed class TagsApi(World world)
{
    public Answer List(ApiCall call)
    {
        if (call.Body.Texts("tag_id") is not { } tags || call.Body.Texts("group_id") is not { } groups) return Answer.Invalid("tag_id or group_id");
        var chosen = world.Tags.Values.Where(tag => (tags.Count == 0 && groups.Count == 0)
            || (groups.Count == 0 && tags.Contains(tag.Id, StringComparer.Ordinal)) || groups.Contains(tag.GroupId, StringComparer.Ordinal));
        return Answer.Ok(writer =>
        {
            writer.WriteStartArray("tag_group");
            foreach (var group in chosen.GroupBy(tag => tag.GroupId, StringComparer.Ordinal)) Group(writer, [.. group]);
            writer.WriteEndArray();
        });
    }

    public Answer Add(ApiCall call)
    {
        var groupName = call.Text("group_name") ?? "";
        var groupId = call.Text("group_id");
        var list = call.Body.Member("tag");
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) return Answer.Missing("tag");
        if (groupId is null && groupName.Length == 0) return Answer.Missing("group_name");
        groupId ??= world.Tags.Values.FirstOrDefault(tag => tag.GroupName == groupName)?.GroupId ?? world.Dice.Id("et", 30, "tag-group", (long)Dice.Hash(groupName));
        List<CorpTag> added = [];
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("name") is not { Length: > 0 and <= 30 } name) return Answer.Invalid("tag name");
            var id = world.Dice.Id("et", 30, "tag", (long)Dice.Hash(groupId), (long)Dice.Hash(name));
            if (world.Tags.ContainsKey(id)) return Answer.Fail(40071, "tag already exists");
            added.Add(new CorpTag(id, name, groupId, groupName, call.Now));
        }

        foreach (var tag in added) world.Tags[tag.Id] = tag;
        return Answer.Ok(writer =>
        {
            writer.WritePropertyName("tag_group");
            Group(writer, added);
        });
    }

    public Answer Mark(ApiCall call)
    {
        if (call.Text("userid") is not { } userId) return Answer.Missing("userid");
        if (call.Text("external_userid") is not { } customerId) return Answer.Fail(41035, "external_userid missing");
        if (call.Body.Texts("add_tag") is not { } add || call.Body.Texts("remove_tag") is not { } remove) return Answer.Invalid("tags");
        if (add.Count == 0 && remove.Count == 0) return Answer.Missing("add_tag and remove_tag");
        if (!world.AdvisorsById.TryGetValue(userId, out var advisor)) return Answer.Fail(60111, "userid not found");
        if (!world.CustomersById.TryGetValue(customerId, out var customer)) return Answer.Fail(40096, "invalid external userid");
        if (!advisor.FriendsByCustomer.TryGetValue(customer.Index, out var friend) || friend.RemovedByAdvisor) return Answer.Fail(84061, "not external contact");
        if (add.Concat(remove).Any(tag => !world.Tags.ContainsKey(tag))) return Answer.Fail(40068, "invalid tag");
        friend.Tags.UnionWith(add);
        friend.Tags.ExceptWith(remove);
        return Answer.Ok();
    }

    private static void Group(Utf8JsonWriter writer, IReadOnlyList<CorpTag> tags)
    {
        writer.WriteStartObject();
        writer.WriteString("group_id", tags[0].GroupId);
        writer.WriteString("group_name", tags[0].GroupName);
        writer.WriteNumber("create_time", tags[0].CreatedAt.ToUnixTimeSeconds());
        writer.WriteNumber("order", 1);
        writer.WriteStartArray("tag");
        foreach (var tag in tags)
        {
            writer.WriteStartObject();
            writer.WriteString("id", tag.Id);
            writer.WriteString("name", tag.Name);
            writer.WriteNumber("create_time", tag.CreatedAt.ToUnixTimeSeconds());
            writer.WriteNumber("order", 1);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

using System.Text;
using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Customers and who follows them (docs 92571, 92113, 92114, 92994, 92137).</summary>
internal sealed class CustomersApi(World world)
{
    public Answer FollowUsers(ApiCall call) => Answer.Ok(writer => writer.Strings("follow_user", world.Advisors.Select(advisor => advisor.UserId)));

    public Answer List(ApiCall call)
    {
        if (call.Parameter("userid") is not { } userId) return Answer.Missing("userid");
        if (!world.AdvisorsById.TryGetValue(userId, out var advisor)) return Answer.Fail(60111, "userid not found");
        var visible = Visible(advisor).ToList();
        return visible.Count == 0 ? Answer.Fail(84061, "not external contact") : Answer.Ok(writer => writer.Strings("external_userid", visible.Select(friend => friend.Customer.ExternalUserId)));
    }

    public Answer Get(ApiCall call)
    {
        if (call.Parameter("external_userid") is not { } id) return Answer.Fail(41035, "external_userid missing");
        if (!world.CustomersById.TryGetValue(id, out var customer)) return Answer.Fail(40096, "invalid external userid");
        var follows = customer.Advisors.Where(friend => !friend.RemovedByAdvisor).ToList();
        if (follows.Count == 0) return Answer.Fail(84061, "not external contact");
        return Answer.Ok(writer =>
        {
            Contact(writer, customer);
            writer.WriteStartArray("follow_user");
            foreach (var friend in follows)
            {
                writer.WriteStartObject();
                Follow(writer, friend);
                writer.WriteStartArray("tags");
                foreach (var tag in friend.Tags.Select(tag => world.Tags.GetValueOrDefault(tag)).OfType<CorpTag>())
                {
                    writer.WriteStartObject();
                    writer.WriteString("group_name", tag.GroupName);
                    writer.WriteString("tag_name", tag.Name);
                    writer.WriteString("tag_id", tag.Id);
                    writer.WriteNumber("type", 1);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("next_cursor", "");
        });
    }

    public Answer BatchGetByUser(ApiCall call)
    {
        if (call.Body.Texts("userid_list") is not { } users) return Answer.Invalid("userid_list");
        if (users.Count == 0) return Answer.Missing("userid_list");
        if (users.Count > 100) return Answer.Invalid("userid_list");
        if (call.Page(50, 100) is not { } page) return Answer.Invalid("limit or cursor");
        // A userid that is unknown or has nobody is skipped.
        List<Friendship> all = [.. users.Distinct(StringComparer.Ordinal).SelectMany(user => world.AdvisorsById.TryGetValue(user, out var advisor) ? Visible(advisor) : [])];
        return Answer.Ok(writer =>
        {
            writer.WriteStartArray("external_contact_list");
            foreach (var friend in page.Of(all))
            {
                writer.WriteStartObject();
                Contact(writer, friend.Customer);
                writer.WriteStartObject("follow_info");
                Follow(writer, friend);
                writer.Strings("tag_id", friend.Tags);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("next_cursor", page.Next(all.Count));
        });
    }

    public Answer SendWelcome(ApiCall call)
    {
        if (call.Text("welcome_code") is not { } code) return Answer.Missing("welcome_code");
        var text = call.Body.Member("text").Text("content");
        var attachments = call.Body.Member("attachments");
        var count = attachments.ValueKind == JsonValueKind.Array ? attachments.GetArrayLength() : 0;
        if (string.IsNullOrEmpty(text) && count == 0) return Answer.Missing("text and attachments");
        if (text is not null && Encoding.UTF8.GetByteCount(text) > 4000) return Answer.Invalid("text size");
        if (count > 9) return Answer.Fail(41064, "too many attachments");
        if (!world.WelcomeCodes.TryGetValue(code, out var welcome) || call.Now - welcome.IssuedAt > TimeSpan.FromSeconds(20)) return Answer.Fail(41050, "invalid or expired welcome code");
        if (welcome.Used) return Answer.Fail(41051, "chat already begun");
        welcome.Used = true;
        world.Journal.Note(call.Now, "welcome_sent", welcome.Friend.Advisor.UserId, welcome.Friend.Customer.ExternalUserId, text: text);
        return Answer.Ok();
    }

    private static IEnumerable<Friendship> Visible(Advisor advisor) => advisor.Friends.Where(friend => !friend.RemovedByAdvisor);

    private static void Contact(Utf8JsonWriter writer, Customer customer)
    {
        writer.WriteStartObject("external_contact");
        writer.WriteString("external_userid", customer.ExternalUserId);
        writer.WriteString("name", customer.Name);
        writer.WriteString("avatar", "https://wework.qpic.cn/SANDBOX/0");
        writer.WriteNumber("type", 1);
        writer.WriteNumber("gender", customer.Gender);
        writer.WriteString("unionid", customer.UnionId);
        writer.WriteEndObject();
    }

    private static void Follow(Utf8JsonWriter writer, Friendship friend)
    {
        writer.WriteString("userid", friend.Advisor.UserId);
        writer.WriteString("remark", friend.Customer.Name);
        writer.WriteString("description", "");
        writer.WriteNumber("createtime", friend.Since.ToUnixTimeSeconds());
        writer.WriteString("remark_corp_name", "");
        writer.Strings("remark_mobiles", []);
        writer.WriteString("oper_userid", friend.OperUserId);
        writer.WriteNumber("add_way", friend.AddWay);
    }
}

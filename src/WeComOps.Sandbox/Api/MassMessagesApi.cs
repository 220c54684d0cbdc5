using System.Text;
using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Mass messages (企业群发) to customers and groups, sent when the member confirms (docs 92135, 93338, 97610, 97611).</summary>
internal sealed class MassMessagesApi(World world, Storyteller story)
{
    private static readonly TimeSpan Dispatching = TimeSpan.FromSeconds(2);

    public Answer Add(ApiCall call)
    {
        var type = call.Text("chat_type") ?? "single";
        if (type is not ("single" or "group")) return Answer.Invalid("chat_type");
        var text = call.Body.Member("text").Text("content") ?? "";
        if (Encoding.UTF8.GetByteCount(text) > 4000) return Answer.Invalid("text size");
        var attachments = Attachments.Read(world, call.Body.Member("attachments"), moment: false, call.Now);
        if (attachments.Refusal is { } refusal) return refusal;
        if (text.Length == 0 && attachments.Count == 0) return Answer.Missing("text and attachments");
        Advisor? sender = null;
        if (call.Text("sender") is { } userId && !world.AdvisorsById.TryGetValue(userId, out sender)) return Answer.Fail(40003, "invalid sender");
        if (call.Body.Texts("chat_id_list") is not { } chats || chats.Count > 2000) return Answer.Invalid("chat_id_list");
        if (call.Body.Texts("external_userid") is not { } customers || customers.Count > 10_000) return Answer.Invalid("external_userid");
        List<string> failed = [];
        List<Sending> sendings;
        if (type == "group")
        {
            if (sender is null) return Answer.Missing("sender");
            List<CustomerGroup> groups = [.. sender.Groups.Where(group => chats.Count == 0 || chats.Contains(group.ChatId, StringComparer.Ordinal))];
            sendings = groups.Count == 0 ? [] : [new Sending(sender) { Groups = groups }];
        }
        else
        {
            if (sender is null && customers.Count == 0) return Answer.Missing("external_userid and sender");
            sendings = Singles(sender, customers, failed);
        }

        if (sendings.Count == 0) return Answer.Fail(41048, "nobody can receive");
        var message = Create(type == "group", Content.Of(text, attachments.Links), sendings, attachments, call.Now);
        return Answer.Ok(writer =>
        {
            writer.Strings("fail_list", failed);
            writer.WriteString("msgid", message.MessageId);
        });
    }

    public Answer List(ApiCall call)
    {
        if (call.Text("chat_type") is not { } type) return Answer.Missing("chat_type");
        if (type is not ("single" or "group")) return Answer.Invalid("chat_type");
        if (call.Number("start_time") is not { } start || call.Number("end_time") is not { } end) return Answer.Missing("start_time or end_time");
        if (end < start || end - start > 31 * 86400L) return Answer.Invalid("time range");
        if (call.Page(50, 100) is not { } page) return Answer.Invalid("limit or cursor");
        var none = call.Text("creator") is not null || call.Number("filter_type") == 1;
        var all = none ? [] : world.MassMessages.Values.Where(message => message.ToGroups == (type == "group"))
            .Where(message => message.CreatedAt.ToUnixTimeSeconds() >= start && message.CreatedAt.ToUnixTimeSeconds() <= end)
            .OrderBy(message => message.CreatedAt).ThenBy(message => message.MessageId, StringComparer.Ordinal).ToList();
        return Answer.Ok(writer =>
        {
            writer.WriteString("next_cursor", page.Next(all.Count));
            writer.WriteStartArray("group_msg_list");
            foreach (var message in page.Of(all)) Listed(writer, message);
            writer.WriteEndArray();
        });
    }

    public Answer Task(ApiCall call) => Of(call, message =>
    {
        if (call.Page(500, 1000) is not { } page) return Answer.Invalid("limit or cursor");
        if (message.Cancelled) return Answer.Fail(41093, "mass message cancelled");
        return Answer.Ok(writer =>
        {
            writer.WriteString("next_cursor", page.Next(message.Sendings.Count));
            writer.WriteStartArray("task_list");
            foreach (var sending in page.Of(message.Sendings))
            {
                writer.WriteStartObject();
                writer.WriteString("userid", sending.Sender.UserId);
                writer.WriteNumber("status", sending.SentAt is null ? 0 : 2);
                if (sending.SentAt is { } at) writer.WriteNumber("send_time", at.ToUnixTimeSeconds());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    });

    public Answer SendResult(ApiCall call) => Of(call, message =>
    {
        if (call.Text("userid") is not { } userId) return Answer.Missing("userid");
        if (call.Page(500, 1000) is not { } page) return Answer.Invalid("limit or cursor");
        if (message.Sendings.Find(sending => string.Equals(sending.Sender.UserId, userId, StringComparison.OrdinalIgnoreCase)) is not { } sending) return Answer.Fail(40003, "invalid userid");
        // Of groups only those that were sent to are listed.
        var total = message.ToGroups ? sending.Reached.Count : sending.Customers.Count;
        return Answer.Ok(writer =>
        {
            if (sending.SentAt is not null) sending.ServedAt ??= call.Now;
            writer.WriteString("next_cursor", page.Next(total));
            writer.WriteStartArray("send_list");
            if (message.ToGroups) foreach (var (group, _) in page.Of(sending.Reached)) Row(writer, sending, "chat_id", group.ChatId);
            else foreach (var customer in page.Of(sending.Customers)) Row(writer, sending, "external_userid", customer.ExternalUserId);
            writer.WriteEndArray();
        });
    });

    public Answer Remind(ApiCall call) => Of(call, message =>
    {
        if (message.Cancelled) return Answer.Fail(41093, "mass message cancelled");
        if (message.Reminders.Count(at => call.Now - at < TimeSpan.FromHours(24)) >= 3) return Answer.Fail(41094, "reminded too often");
        message.Reminders.Add(call.Now);
        world.Journal.Note(call.Now, "post_reminded", reference: message.MessageId);
        story.Publishing.OnReminder(message, call.Now);
        return Answer.Ok();
    }, afterDispatch: false);

    public Answer Cancel(ApiCall call) => Of(call, message =>
    {
        if (message.Cancelled) return Answer.Fail(41093, "mass message cancelled");
        message.Cancelled = true;
        world.Journal.Note(call.Now, "post_cancelled", reference: message.MessageId);
        return Answer.Ok();
    }, afterDispatch: false);

    private Answer Of(ApiCall call, Func<MassMessage, Answer> answer, bool afterDispatch = true)
    {
        if (call.Text("msgid") is not { } id) return Answer.Fail(41046, "msgid missing");
        if (!world.MassMessages.TryGetValue(id, out var message)) return Answer.Fail(41047, "invalid msgid");
        return afterDispatch && call.Now - message.CreatedAt < Dispatching ? Answer.Fail(41063, "being dispatched") : answer(message);
    }

    private List<Sending> Singles(Advisor? sender, IReadOnlyList<string> ids, List<string> failed)
    {
        if (ids.Count == 0) return [new Sending(sender!) { Customers = [.. sender!.Friends.Where(friend => friend.Active).Select(friend => friend.Customer)] }];
        List<Friendship> friends = [];
        foreach (var id in ids)
        {
            var friend = world.CustomersById.TryGetValue(id, out var customer) ? customer.Advisors.Find(friend => friend.Active && (sender is null || friend.Advisor == sender)) : null;
            if (friend is null) failed.Add(id);
            else friends.Add(friend);
        }

        return [.. friends.GroupBy(friend => friend.Advisor).OrderBy(group => group.Key.Index).Select(group => new Sending(group.Key) { Customers = [.. group.Select(friend => friend.Customer)] })];
    }

    private MassMessage Create(bool toGroups, Content content, List<Sending> sendings, Attachments attachments, DateTimeOffset now)
    {
        string id;
        var again = 0L;
        do id = world.Dice.Id("msg", 29, "mass", (long)content.StableHash, sendings[0].Sender.Index + 1000L * sendings.Count, now.ToUnixTimeSeconds() + 1_000_000_000_000L * again++);
        while (world.MassMessages.ContainsKey(id));
        var message = new MassMessage(id, toGroups, content, now) { AttachmentsJson = attachments.Json, Pictures = attachments.Pictures };
        message.Sendings.AddRange(sendings);
        world.MassMessages.Add(id, message);
        world.Journal.Note(now, "post_created", sendings[0].Sender.UserId, reference: id, text: content.Text);
        story.Publishing.OnMassMessage(message);
        return message;
    }

    private static void Listed(Utf8JsonWriter writer, MassMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("msgid", message.MessageId);
        writer.WriteNumber("create_time", message.CreatedAt.ToUnixTimeSeconds());
        writer.WriteNumber("create_type", 0);
        writer.WriteStartObject("text");
        writer.WriteString("content", message.Content.Text);
        writer.WriteEndObject();
        if (message.AttachmentsJson is not null)
        {
            writer.WritePropertyName("attachments");
            writer.WriteRawValue(message.AttachmentsJson);
        }

        writer.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter writer, Sending sending, string name, string id)
    {
        writer.WriteStartObject();
        writer.WriteString(name, id);
        writer.WriteString("userid", sending.Sender.UserId);
        writer.WriteNumber("status", sending.SentAt is null ? 0 : 1);
        if (sending.SentAt is { } at) writer.WriteNumber("send_time", at.ToUnixTimeSeconds());
        writer.WriteEndObject();
    }
}

using System.Globalization;
using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Messages of the app to advisors and the update of their cards (docs 90236, 94888).</summary>
internal sealed class AppMessagesApi(World world, Storyteller story)
{
    private const int PerMinute = 30;
    private const int PerHour = 1000;
    private readonly Dictionary<string, DateTimeOffset> _recent = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Queue<DateTimeOffset>> _received = [];
    private readonly HashSet<string> _taskIds = new(StringComparer.Ordinal);
    private int _sent;

    public Answer Send(ApiCall call)
    {
        if (call.Number("agentid") is not { } agent) return Answer.Missing("agentid");
        if (agent != world.Options.AgentId) return Answer.Fail(301002, "no privilege for this agent");
        if (call.Text("msgtype") is not { } type) return Answer.Missing("msgtype");
        if (Receivers(call, out var receivers, out var invalid) is { } refusal) return refusal;
        var draft = MessageReader.Read(type, call.Body, out var refused);
        if (draft is null) return refused!;
        if (receivers.Count == 0) return Answer.Fail(81013, "user & party & tag all invalid", writer => writer.WriteString("invaliduser", string.Join('|', invalid)));
        if (draft.TaskId is not null && !_taskIds.Add(draft.TaskId)) return Answer.Fail(42014, "task_id already used");
        var messageId = world.Dice.Id("", 60, "app-message", ++_sent);
        var code = draft.Interactive ? world.Dice.Id("RC", 40, "card", _sent) : null;
        if (!Repeated(call)) foreach (var advisor in receivers) Deliver(advisor, draft, messageId, code, call.Now);
        return Answer.Ok(invalid.Count == 0 ? "ok" : string.Create(CultureInfo.InvariantCulture, $"ok : {invalid.Count}/{invalid.Count + receivers.Count} invalid"), writer =>
        {
            writer.WriteString("invaliduser", string.Join('|', invalid));
            writer.WriteString("invalidparty", "");
            writer.WriteString("invalidtag", "");
            writer.WriteString("unlicenseduser", "");
            writer.WriteString("msgid", messageId);
            if (code is not null) writer.WriteString("response_code", code);
        });
    }

    public Answer UpdateCard(ApiCall call)
    {
        if (call.Number("agentid") is not { } agent) return Answer.Missing("agentid");
        if (agent != world.Options.AgentId) return Answer.Fail(42015, "another app sent this card");
        if (call.Text("response_code") is not { } id) return Answer.Missing("response_code");
        if (call.Body.Texts("userids") is not { } users || users.Count > 1000) return Answer.Invalid("userids");
        if (users.Count == 0 && call.Number("atall") != 1) return Answer.Fail(82001, "nobody to update for");
        var replaced = call.Body.Member("button").Text("replace_name");
        var card = call.Body.Member("template_card");
        if (string.IsNullOrEmpty(replaced) && card.ValueKind != JsonValueKind.Object) return Answer.Missing("button.replace_name or template_card");
        if (!world.ResponseCodes.TryGetValue(id, out var code) || code.Used || call.Now - code.IssuedAt > TimeSpan.FromHours(72)) return Answer.Fail(42016, "response_code used, expired or unknown");
        code.Used = true;
        code.Card.Replaced = replaced ?? card.Text("replace_text") ?? card.Member("main_title").Text("title") ?? "";
        return Answer.Ok(writer => writer.Strings("invaliduser", users.Where(user => !world.AdvisorsById.ContainsKey(user))));
    }

    private Answer? Receivers(ApiCall call, out List<Advisor> receivers, out List<string> invalid)
    {
        (receivers, invalid) = ([], []);
        var users = call.Text("touser")?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var parties = call.Text("toparty")?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (users.Length == 0 && parties.Length == 0) return Answer.Fail(82001, "touser, toparty and totag all empty");
        if (users.Length > 1000) return Answer.Invalid("touser");
        if (parties.Length > 100) return Answer.Fail(82002, "toparty too long");
        HashSet<Advisor> chosen = [];
        if (users is ["@all"]) chosen.UnionWith(world.Advisors);
        else
        {
            foreach (var user in users)
            {
                if (world.AdvisorsById.TryGetValue(user, out var advisor)) chosen.Add(advisor);
                else invalid.Add(user.ToLowerInvariant());
            }

            chosen.UnionWith(world.Advisors.Where(advisor => parties.Contains("1", StringComparer.Ordinal)
                || parties.Contains(advisor.Branch.DepartmentId.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)));
        }

        receivers = [.. chosen.OrderBy(advisor => advisor.Index)];
        return null;
    }

    /// <summary>The same content to the same receivers within the interval is dropped, and nobody is told.</summary>
    private bool Repeated(ApiCall call)
    {
        if (call.Number("enable_duplicate_check") != 1) return false;
        var interval = TimeSpan.FromSeconds(Math.Clamp(call.Number("duplicate_check_interval") ?? 1800, 1, 14400));
        var key = call.Body.GetRawText();
        var repeated = _recent.TryGetValue(key, out var last) && call.Now - last < interval;
        if (!repeated) _recent[key] = call.Now;
        return repeated;
    }

    private void Deliver(Advisor advisor, MessageDraft draft, string messageId, string? code, DateTimeOffset now)
    {
        if (!_received.TryGetValue(advisor.Index, out var received)) _received.Add(advisor.Index, received = new Queue<DateTimeOffset>());
        while (received.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromHours(1)) received.Dequeue();
        if (received.Count >= PerHour || received.Count(at => now - at < TimeSpan.FromMinutes(1)) >= PerMinute)
        {
            world.Journal.Note(now, "message_dropped", advisor.UserId, reference: messageId);
            return;
        }

        received.Enqueue(now);
        var message = new AppMessage(messageId, now, draft.Type, draft.Text)
        {
            Url = draft.Url,
            CardType = draft.CardType,
            TaskId = draft.TaskId,
            Buttons = draft.Buttons,
            QuestionKey = draft.QuestionKey,
            Options = draft.Options,
        };
        advisor.Inbox.Add(message);
        if (code is not null) world.ResponseCodes.TryAdd(code, new ResponseCode(advisor, message, now));
        if (draft.Interactive) story.Questions.OnCard(advisor, message, now);
        else story.Advice.OnText(advisor, draft.Text, now);
    }
}

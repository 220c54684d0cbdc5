using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Daily behaviour statistics of advisors (doc 92132): next day, complete from six in the morning.</summary>
internal sealed class BehaviorApi(World world)
{
    private const int ReadyHour = 6;

    public Answer Get(ApiCall call)
    {
        if (call.Body.Texts("userid") is not { } users || users.Count > 100) return Answer.Invalid("userid");
        if (Parties(call.Body.Member("partyid")) is not { } parties || parties.Count > 100) return Answer.Invalid("partyid");
        if (users.Count == 0 && parties.Count == 0) return Answer.Missing("userid or partyid");
        if (call.Number("start_time") is not { } start || call.Number("end_time") is not { } end) return Answer.Missing("start_time or end_time");
        var today = ShanghaiTime.Day(call.Now);
        if (start < 0 || end < 0 || end > 253_402_300_799 || start > 253_402_300_799) return Answer.Invalid("time");
        var (from, to) = (ShanghaiTime.Day(DateTimeOffset.FromUnixTimeSeconds(start)), ShanghaiTime.Day(DateTimeOffset.FromUnixTimeSeconds(end)));
        if (to < from || to.DayNumber - from.DayNumber + 1 > 30 || today.DayNumber - from.DayNumber > 180) return Answer.Invalid("time range");
        HashSet<Advisor> chosen = [.. world.Advisors.Where(advisor => parties.Contains(advisor.Branch.DepartmentId) || parties.Contains(1))];
        foreach (var user in users)
        {
            if (!world.AdvisorsById.TryGetValue(user, out var advisor)) return Answer.Fail(60111, "userid not found");
            chosen.Add(advisor);
        }

        // Today has no data, and yesterday's is not there before six.
        var complete = ShanghaiTime.Local(call.Now).Hour < ReadyHour ? today.AddDays(-2) : today.AddDays(-1);
        return Answer.Ok(writer =>
        {
            writer.WriteStartArray("behavior_data");
            for (var day = from; day <= to && day <= today; day = day.AddDays(1)) Row(writer, chosen, day, day <= complete);
            writer.WriteEndArray();
        });
    }

    private void Row(Utf8JsonWriter writer, HashSet<Advisor> advisors, DateOnly day, bool known)
    {
        var (chats, messages, applied, added, negative) = (0, 0, 0, 0, 0);
        if (known)
        {
            foreach (var advisor in advisors)
            {
                var worked = world.Calendar.Works(advisor, day) && day >= world.Options.FirstMonday;
                var chatted = worked ? 5 + world.Dice.Below(20, "chats", advisor.Index, day.DayNumber) : 0;
                chats += chatted;
                messages += chatted * 4;
                if (!advisor.Days.TryGetValue(day, out var counts)) continue;
                applied += counts.Applied;
                added += counts.Added;
                negative += counts.NegativeFeedback;
            }
        }

        writer.WriteStartObject();
        writer.WriteNumber("stat_time", ShanghaiTime.At(day, 0).ToUnixTimeSeconds());
        writer.WriteNumber("chat_cnt", chats);
        writer.WriteNumber("message_cnt", messages);
        // Without a chat that a customer began, both reply fields are absent.
        if (chats > 0)
        {
            writer.WriteNumber("reply_percentage", 80m + world.Dice.Below(2000, "replies", advisors.Count, day.DayNumber) / 100m);
            writer.WriteNumber("avg_reply_time", 2 + world.Dice.Below(20, "reply-time", advisors.Count, day.DayNumber));
        }

        writer.WriteNumber("negative_feedback_cnt", negative);
        writer.WriteNumber("new_apply_cnt", applied);
        writer.WriteNumber("new_contact_cnt", added);
        writer.WriteEndObject();
    }

    private static HashSet<long>? Parties(JsonElement list)
    {
        if (list.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return [];
        if (list.ValueKind != JsonValueKind.Array) return null;
        HashSet<long> parties = [];
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var party)) return null;
            parties.Add(party);
        }

        return parties;
    }
}

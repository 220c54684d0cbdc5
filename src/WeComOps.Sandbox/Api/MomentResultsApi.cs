using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>What became of moments: list, publish status, reach, comments (doc 93333). Serving a publication for the first time is noted: the product cannot know it earlier.</summary>
internal sealed class MomentResultsApi(World world)
{
    public Answer List(ApiCall call)
    {
        if (call.Number("start_time") is not { } start || call.Number("end_time") is not { } end) return Answer.Missing("start_time or end_time");
        if (end < start || end - start > 30 * 86400L) return Answer.Invalid("time range");
        if (call.Number("filter_type") is { } filter and not (0 or 1 or 2)) return Answer.Invalid($"filter_type {filter}");
        if (call.Page(20, 20) is not { } page) return Answer.Invalid("limit or cursor");
        // Made by API: no creator, so asking for one finds nothing; personal ones do not exist here.
        var none = call.Text("creator") is not null || call.Number("filter_type") == 1;
        var all = none ? [] : world.Jobs.Values.Where(job => call.Now >= job.DoneAt).Select(job => job.Moment)
            .Where(moment => moment.CreatedAt.ToUnixTimeSeconds() >= start && moment.CreatedAt.ToUnixTimeSeconds() <= end)
            .OrderBy(moment => moment.CreatedAt).ThenBy(moment => moment.MomentId, StringComparer.Ordinal).ToList();
        return Answer.Ok(writer =>
        {
            writer.WriteString("next_cursor", page.Next(all.Count));
            writer.WriteStartArray("moment_list");
            foreach (var moment in page.Of(all)) Listed(writer, moment);
            writer.WriteEndArray();
        });
    }

    public Answer Task(ApiCall call) => Of(call, moment =>
    {
        if (call.Page(500, 1000) is not { } page) return Answer.Invalid("limit or cursor");
        return Answer.Ok(writer =>
        {
            writer.WriteString("next_cursor", page.Next(moment.Executors.Count));
            writer.WriteStartArray("task_list");
            foreach (var advisor in page.Of(moment.Executors))
            {
                var published = moment.Publications.GetValueOrDefault(advisor.UserId);
                if (published is not null) published.ServedAt ??= call.Now;
                writer.WriteStartObject();
                writer.WriteString("userid", advisor.UserId);
                writer.WriteNumber("publish_status", published is null ? 0 : 1);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    });

    public Answer Customers(ApiCall call) => Of(call, moment =>
    {
        if (call.Page(500, 1000) is not { } page) return Answer.Invalid("limit or cursor");
        if (Chosen(call, moment) is not { } advisors) return Answer.Fail(41061, "not a sender of this moment");
        List<(Advisor Advisor, Customer Customer)> all = [.. advisors.SelectMany(advisor => Visible(moment, advisor).Select(customer => (advisor, customer)))];
        return Answer.Ok(writer =>
        {
            writer.WriteString("next_cursor", page.Next(all.Count));
            writer.WriteStartArray("customer_list");
            foreach (var (advisor, customer) in page.Of(all))
            {
                writer.WriteStartObject();
                writer.WriteString("userid", advisor.UserId);
                writer.WriteString("external_userid", customer.ExternalUserId);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    });

    public Answer Reached(ApiCall call) => Of(call, moment =>
    {
        if (call.Page(3000, 5000) is not { } page) return Answer.Invalid("limit or cursor");
        if (Chosen(call, moment) is not { } advisors) return Answer.Fail(41061, "not a sender of this moment");
        if (call.Text("userid") is not null && !moment.Publications.ContainsKey(advisors[0].UserId)) return Answer.Fail(41062, "not published by this user yet");
        List<Customer> all = [.. advisors.SelectMany(advisor => moment.Publications.GetValueOrDefault(advisor.UserId)?.Reached ?? [])];
        return Answer.Ok(writer =>
        {
            writer.WriteString("next_cursor", page.Next(all.Count));
            writer.WriteStartArray("customer_list");
            foreach (var customer in page.Of(all))
            {
                writer.WriteStartObject();
                writer.WriteString("external_userid", customer.ExternalUserId);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    });

    public Answer Comments(ApiCall call) => Of(call, moment =>
    {
        if (call.Text("userid") is null) return Answer.Missing("userid");
        if (Chosen(call, moment) is not { } advisors) return Answer.Fail(41061, "not a sender of this moment");
        if (!moment.Publications.TryGetValue(advisors[0].UserId, out var publication)) return Answer.Fail(41062, "not published by this user yet");
        return Answer.Ok(writer =>
        {
            Entries(writer, "comment_list", publication.Comments);
            Entries(writer, "like_list", publication.Likes);
        });
    });

    private Answer Of(ApiCall call, Func<Moment, Answer> answer)
    {
        if (call.Text("moment_id") is not { } id) return Answer.Fail(41059, "moment_id missing");
        return world.Moments.TryGetValue(id, out var moment) ? answer(moment) : Answer.Fail(41060, "invalid moment_id");
    }

    /// <summary>The asked member, or all when none is asked for; null when the member is no executor.</summary>
    private static IReadOnlyList<Advisor>? Chosen(ApiCall call, Moment moment)
    {
        if (call.Text("userid") is not { } userId) return moment.Executors;
        return moment.Executors.FirstOrDefault(advisor => string.Equals(advisor.UserId, userId, StringComparison.OrdinalIgnoreCase)) is { } one ? [one] : null;
    }

    private static IEnumerable<Customer> Visible(Moment moment, Advisor advisor) =>
        moment.Publications.TryGetValue(advisor.UserId, out var publication) ? publication.Reached : advisor.Friends.Where(moment.Sees).Select(friend => friend.Customer);

    private static void Entries(Utf8JsonWriter writer, string name, List<(Customer Customer, DateTimeOffset At)> entries)
    {
        writer.WriteStartArray(name);
        foreach (var (customer, at) in entries)
        {
            writer.WriteStartObject();
            writer.WriteString("external_userid", customer.ExternalUserId);
            writer.WriteNumber("create_time", at.ToUnixTimeSeconds());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Listed(Utf8JsonWriter writer, Moment moment)
    {
        writer.WriteStartObject();
        writer.WriteString("moment_id", moment.MomentId);
        writer.WriteNumber("create_time", moment.CreatedAt.ToUnixTimeSeconds());
        writer.WriteNumber("create_type", 0);
        writer.WriteNumber("visible_type", moment.Tags.Count == 0 ? 1 : 0);
        writer.WriteStartObject("text");
        writer.WriteString("content", moment.Content.Text);
        writer.WriteEndObject();
        if (moment.LinkUrl is not null)
        {
            writer.WriteStartObject("link");
            writer.WriteString("title", moment.LinkTitle ?? "");
            writer.WriteString("url", moment.LinkUrl);
            writer.WriteEndObject();
        }
        else if (moment.MediaIds.Count > 0)
        {
            writer.WriteStartArray("image");
            foreach (var id in moment.MediaIds)
            {
                writer.WriteStartObject();
                writer.WriteString("media_id", id);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}

using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Customer moments (客户朋友圈): tasks that advisors confirm themselves (docs 95094, 97612). What became of them: <see cref="MomentResultsApi"/>.</summary>
internal sealed class MomentsApi(World world, Storyteller story)
{
    private static readonly TimeSpan JobLife = TimeSpan.FromHours(24);

    public Answer Add(ApiCall call)
    {
        var text = call.Body.Member("text").Text("content") ?? "";
        if (text.EnumerateRunes().Count() > 2000) return Answer.Invalid("text size");
        var attachments = Attachments.Read(world, call.Body.Member("attachments"), moment: true, call.Now);
        if (attachments.Refusal is { } refusal) return refusal;
        if (text.Length == 0 && attachments.Count == 0) return Answer.Fail(41089, "text and attachments both empty");
        var range = call.Body.Member("visible_range");
        var senders = range.Member("sender_list");
        if (senders.Texts("user_list") is not { } users || users.Count > 100_000) return Answer.Invalid("user_list");
        if (range.Member("external_contact_list").Texts("tag_list") is not { } tags) return Answer.Invalid("tag_list");
        var departments = senders.Member("department_list") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(item => item.TryGetInt64(out var id) ? id : -1).ToList() : [];
        var executors = Executors(users, departments);
        if (executors.Count == 0) return Answer.Fail(81013, "user & party all invalid");
        var content = Content.Of(text, attachments.Links);
        var job = Plan(content, executors, tags, attachments, call.Now, [.. users.Where(user => !world.AdvisorsById.ContainsKey(user))], [.. departments.Where(id => id != 1 && Branch.All.All(branch => branch.DepartmentId != id))]);
        world.Jobs.Add(job.JobId, job);
        world.Moments.Add(job.Moment.MomentId, job.Moment);
        world.Journal.Note(call.Now, "moment_created", reference: job.Moment.MomentId, text: text, number: executors.Count);
        story.Publishing.OnMoment(job);
        return Answer.Ok(writer => writer.WriteString("jobid", job.JobId));
    }

    public Answer Result(ApiCall call)
    {
        if ((call.Parameter("jobid") ?? call.Text("jobid")) is not { } id) return Answer.Missing("jobid");
        if (!world.Jobs.TryGetValue(id, out var job) || call.Now - job.CreatedAt > JobLife) return Answer.Invalid("jobid");
        var done = call.Now >= job.DoneAt;
        return Answer.Ok(writer =>
        {
            writer.WriteNumber("status", done ? 3 : call.Now - job.CreatedAt < TimeSpan.FromSeconds(2) ? 1 : 2);
            writer.WriteString("type", "add_moment_task");
            writer.WriteStartObject("result");
            if (done) Finished(writer, job);
            writer.WriteEndObject();
        });
    }

    public Answer Cancel(ApiCall call)
    {
        if (call.Text("moment_id") is not { } id) return Answer.Fail(41059, "moment_id missing");
        if (!world.Moments.TryGetValue(id, out var moment)) return Answer.Fail(41060, "invalid moment_id");
        moment.Cancelled = true;
        world.Journal.Note(call.Now, "moment_cancelled", reference: id);
        return Answer.Ok();
    }

    private List<Advisor> Executors(IReadOnlyList<string> users, List<long> departments)
    {
        if (users.Count == 0 && departments.Count == 0) return [.. world.Advisors];
        HashSet<Advisor> chosen = [.. users.Select(user => world.AdvisorsById.GetValueOrDefault(user)).OfType<Advisor>()];
        chosen.UnionWith(world.Advisors.Where(advisor => departments.Contains(1) || departments.Contains(advisor.Branch.DepartmentId)));
        return [.. chosen.OrderBy(advisor => advisor.Index)];
    }

    private MomentJob Plan(Content content, List<Advisor> executors, IReadOnlyList<string> tags, Attachments attachments, DateTimeOffset now, List<string> invalidUsers, List<long> invalidDepartments)
    {
        // The id is drawn from what the task is, not from how many came before: parallel calls arrive in any order.
        var first = executors[0].Index + 1000L * executors.Count;
        var again = 0L;
        while (world.Jobs.ContainsKey(JobId(content, first, now, again))) again++;
        var seconds = 5 + world.Dice.Below(56, "job", (long)content.StableHash, first, again);
        var tick = now.ToUnixTimeSeconds() + again;
        var moment = new Moment(world.Dice.Id("mom", 29, "moment", (long)content.StableHash, first, tick), content, now, executors, [.. tags.Where(world.Tags.ContainsKey)])
        {
            MediaIds = attachments.MediaIds,
            Pictures = attachments.Pictures,
            LinkUrl = attachments.Links.Count > 0 ? attachments.Links[0] : null,
            LinkTitle = attachments.LinkTitle,
        };
        return new MomentJob(JobId(content, first, now, again), now, now.AddSeconds(seconds), moment, invalidUsers, invalidDepartments, [.. tags.Where(tag => !world.Tags.ContainsKey(tag))]);
    }

    private string JobId(Content content, long first, DateTimeOffset now, long again) =>
        world.Dice.Id("job", 40, "moment-job", (long)content.StableHash, first, now.ToUnixTimeSeconds() + again);

    private static void Finished(Utf8JsonWriter writer, MomentJob job)
    {
        writer.WriteNumber("errcode", 0);
        writer.WriteString("errmsg", "ok");
        writer.WriteString("moment_id", job.Moment.MomentId);
        writer.WriteStartObject("invalid_sender_list");
        writer.Strings("user_list", job.InvalidUsers);
        writer.WriteStartArray("department_list");
        foreach (var id in job.InvalidDepartments) writer.WriteNumberValue(id);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("invalid_external_contact_list");
        writer.Strings("tag_list", job.InvalidTags);
        writer.WriteEndObject();
    }
}

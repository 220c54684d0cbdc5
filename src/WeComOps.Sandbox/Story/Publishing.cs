using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>Advisors confirm, or do not confirm, what the corp asked them to publish or send. Diligence decides, never the content.</summary>
internal sealed class Publishing(World world, Reactions reactions)
{
    private const int Opens = 8 * 60 + 30;
    private const int Closes = 20 * 60;

    public void OnMoment(MomentJob job)
    {
        foreach (var advisor in job.Moment.Executors)
        {
            var tie = (long)job.Moment.Key;
            if (!world.Dice.Chance(advisor.Diligence, "publish", advisor.Index, tie)) continue;
            if (Due(advisor, job.CreatedAt, tie) is not { } due) continue;
            if (due < job.DoneAt) due = ShanghaiTime.TickAfter(job.DoneAt);
            world.Agenda.Plan(due, Act.Published, advisor.Index, 0, job.Moment.Key, at => Publish(job.Moment, advisor, at));
        }
    }

    public void OnMassMessage(MassMessage message)
    {
        foreach (var sending in message.Sendings)
        {
            var advisor = sending.Sender;
            var tie = (long)message.Key;
            if (!world.Dice.Chance(advisor.Diligence, "send", advisor.Index, tie)) continue;
            if (Due(advisor, message.CreatedAt, tie) is { } due) PlanSend(message, sending, due);
        }
    }

    /// <summary>A reminder wakes some who have not sent yet.</summary>
    public void OnReminder(MassMessage message, DateTimeOffset now)
    {
        foreach (var sending in message.Sendings.Where(sending => sending.SentAt is null))
        {
            var advisor = sending.Sender;
            if (!world.Dice.Chance(advisor.Diligence * 0.35, "remind", advisor.Index, (long)message.Key, message.Reminders.Count)) continue;
            var minutes = 5 + world.Dice.Below(85, "remind-delay", advisor.Index, (long)message.Key, message.Reminders.Count);
            if (world.Calendar.After(advisor, now, minutes, Opens, Closes) is { } due) PlanSend(message, sending, due);
        }
    }

    public void Publish(Moment moment, Advisor advisor, DateTimeOffset at)
    {
        if (moment.Cancelled || moment.Publications.ContainsKey(advisor.UserId)) return;
        var publication = new Publication(advisor, at, [.. advisor.Friends.Where(moment.Sees).Select(friend => friend.Customer)]);
        moment.Publications.Add(advisor.UserId, publication);
        world.Journal.Note(at, "moment_published", advisor.UserId, reference: moment.MomentId, number: publication.Reached.Count);
        reactions.OnPublished(moment, publication);
    }

    public void Send(MassMessage message, Sending sending, DateTimeOffset at)
    {
        if (message.Cancelled || sending.SentAt is not null) return;
        sending.SentAt = at;
        foreach (var group in sending.Groups.Where(group => UnderCap(group, at)))
            sending.Reached.Add((group, [.. group.Members.Select(member => member.Customer)]));
        world.Journal.Note(at, "post_sent", sending.Sender.UserId, reference: message.MessageId, number: sending.Reached.Sum(reached => reached.Members.Count));
        reactions.OnPosted(message, sending, at);
    }

    /// <summary>A group gets at most as many corp mass messages in a month as the month has days (WeCom doc 92135).</summary>
    private static bool UnderCap(CustomerGroup group, DateTimeOffset at)
    {
        var day = ShanghaiTime.Day(at);
        var month = day.Year * 12 + day.Month;
        var count = group.MassMessages.GetValueOrDefault(month);
        if (count >= DateTime.DaysInMonth(day.Year, day.Month)) return false;
        group.MassMessages[month] = count + 1;
        return true;
    }

    private void PlanSend(MassMessage message, Sending sending, DateTimeOffset due) =>
        world.Agenda.Plan(due, Act.Published, sending.Sender.Index, 0, message.Key, at => Send(message, sending, at));

    private DateTimeOffset? Due(Advisor advisor, DateTimeOffset from, long tie)
    {
        var draw = world.Dice.Unit("confirm-delay", advisor.Index, tie);
        return world.Calendar.After(advisor, from, 5 + (int)(draw * Math.Sqrt(draw) * 355), Opens, Closes);
    }
}

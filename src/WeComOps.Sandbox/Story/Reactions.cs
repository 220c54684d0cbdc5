using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>
/// What customers do when they see a text: comment, like, ask, follow the link, join, buy, or delete the advisor. It depends on the
/// words, the day's market and the customer, and comes within forty hours, between 07:30 and 22:30.
/// </summary>
internal sealed class Reactions(World world, FriendStory friends, GroupStory groups, QuestionStory questions, Shopping shopping)
{
    private const int GroupWeight = 4;

    public void OnPublished(Moment moment, Publication publication)
    {
        var reading = Reading.Of(moment.Content.Text, ShanghaiTime.Day(publication.At), world.Market);
        foreach (var customer in publication.Reached)
        {
            var seen = new Seen(moment.MomentId, moment.Key, moment.Content, reading, publication.Advisor, customer, publication.At, 1);
            Comment(seen, publication);
            React(seen);
        }

        Scanners(moment.Content, moment.MomentId, (long)moment.Key, publication.Advisor, publication.At);
    }

    public void OnPosted(MassMessage message, Sending sending, DateTimeOffset at)
    {
        var reading = Reading.Of(message.Content.Text, ShanghaiTime.Day(at), world.Market);
        var audience = sending.Reached.SelectMany(reached => reached.Members).Concat(message.ToGroups ? [] : sending.Customers).DistinctBy(customer => customer.Index);
        foreach (var customer in audience)
            React(new Seen(message.MessageId, message.Key, message.Content, reading, sending.Sender, customer, at, GroupWeight));
        Scanners(message.Content, message.MessageId, (long)message.Key, sending.Sender, at);
    }

    private void Comment(Seen seen, Publication publication)
    {
        var (quality, coupon, valuable) = (seen.Reading.Quality, seen.Reading.Coupon, seen.Customer.Valuable);
        var comment = valuable ? 0.0012 + 0.011 * quality : 0.0004 + 0.0015 * quality + 0.007 * coupon;
        var like = 0.006 + 0.014 * quality + (valuable ? 0.002 : 0.022) * coupon;
        if (Happens(seen, comment, "comment")) Plan(seen, Act.Reacted, "comment", at =>
        {
            publication.Comments.Add((seen.Customer, at));
            world.Journal.Note(at, "moment_commented", seen.Advisor.UserId, seen.Customer.ExternalUserId, seen.Cause);
        });
        if (Happens(seen, like, "like")) Plan(seen, Act.Reacted, "like", at =>
        {
            publication.Likes.Add((seen.Customer, at));
            world.Journal.Note(at, "moment_liked", seen.Advisor.UserId, seen.Customer.ExternalUserId, seen.Cause);
        });
    }

    private void React(Seen seen)
    {
        var (quality, coupon, valuable) = (seen.Reading.Quality, seen.Reading.Coupon, seen.Customer.Valuable);
        var weight = seen.Weight;
        if (Happens(seen, weight * (valuable ? 0.0003 + 0.007 * quality : 0.0001 + 0.0012 * quality), "ask")) PlanQuestion(seen, Investment(seen));
        else if (Happens(seen, weight * (valuable ? 0.0004 : 0.0035) * coupon, "ask-benefit")) PlanQuestion(seen, Topics.Benefits);
        if (seen.Content.Links.Count > 0 && Happens(seen, weight * (valuable ? 0.002 + 0.026 * quality : 0.001 + 0.005 * quality + 0.006 * coupon), "click"))
            PlanClick(seen, valuable ? 0.02 + 0.10 * quality : 0.004 + 0.035 * quality);
        foreach (var code in seen.Content.JoinCodes)
        {
            if (!Happens(seen, 0.0012 + 0.0055 * Math.Max(quality, 0.2) * (valuable ? 1.5 : 1), "join")) continue;
            Plan(seen, Act.GroupChanged, "join", at =>
            {
                if (world.JoinWays.TryGetValue(code, out var way)) groups.Scan(way, seen.Customer, at);
            });
        }

        if (Happens(seen, (valuable ? 0.010 : 0.0065) * coupon + (seen.Reading.Generic ? 0.0006 : 0) + 0.0001, "leave")) PlanLoss(seen);
    }

    private void PlanLoss(Seen seen)
    {
        if (!seen.Advisor.FriendsByCustomer.TryGetValue(seen.Customer.Index, out var friend) || friend.Leaving) return;
        friend.Leaving = true;
        Plan(seen, Act.Lost, "leave", at => friends.Lose(friend, at, seen.Cause));
    }

    private void PlanQuestion(Seen seen, string topic)
    {
        // The advisor hands the question on; on days off they do nothing, and later the customer no longer waits.
        var due = When(seen, "ask-when");
        while (!world.Calendar.Works(seen.Advisor, ShanghaiTime.Day(due)))
        {
            due = due.AddDays(1);
            if (due > seen.At.AddHours(40)) return;
        }

        world.Agenda.Plan(due, Act.Asked, seen.Advisor.Index, seen.Customer.Index, seen.Key, at => questions.Ask(seen.Advisor, seen.Customer, topic, at));
    }

    private void PlanClick(Seen seen, double buys)
    {
        var url = seen.Content.Links[world.Dice.Below(seen.Content.Links.Count, "click-link", seen.Customer.Index, (long)seen.Key)];
        Plan(seen, Act.Clicked, "click", at => shopping.Follow(url, seen.Customer, seen.Cause, buys, (long)seen.Key, at));
    }

    private void Scanners(Content content, string cause, long key, Advisor advisor, DateTimeOffset at)
    {
        if (content.Links.Count == 0 || !world.Dice.Chance(0.05, "scanner", advisor.Index, key)) return;
        world.Agenda.Plan(ShanghaiTime.TickAfter(at), Act.Clicked, advisor.Index, -1, (ulong)key, tick => shopping.Scan(content.Links[0], cause, advisor.Index, key, tick));
    }

    private string Investment(Seen seen) =>
        Topics.Investment(seen.Content.Text, seen.Customer.Interest, world.Dice.Unit("topic", seen.Customer.Index, (long)seen.Key));

    private bool Happens(Seen seen, double chance, string kind) => world.Dice.Chance(chance, kind, seen.Advisor.Index, seen.Customer.Index, (long)seen.Key);

    private void Plan(Seen seen, Act act, string kind, Action<DateTimeOffset> run)
    {
        world.Agenda.Plan(When(seen, kind + "-when"), act, seen.Advisor.Index, seen.Customer.Index, seen.Key, at =>
        {
            // Who deleted the advisor in the meantime sees nothing any more.
            if (act == Act.Lost || Follows(seen)) run(at);
        });
    }

    private static bool Follows(Seen seen) =>
        seen.Weight == GroupWeight || (seen.Advisor.FriendsByCustomer.TryGetValue(seen.Customer.Index, out var friend) && friend.Active);

    private DateTimeOffset When(Seen seen, string kind)
    {
        var draw = world.Dice.Unit(kind, seen.Advisor.Index, seen.Customer.Index, (long)seen.Key);
        var jitter = world.Dice.Below(150, kind, seen.Customer.Index, (long)seen.Key);
        return Waking(seen.At, 30 + draw * draw * (38 * 60 - 30), jitter);
    }

    /// <summary>The tick so many minutes later, moved out of the night and kept within forty hours.</summary>
    public static DateTimeOffset Waking(DateTimeOffset from, double minutes, int jitter)
    {
        const int Wakes = 7 * 60 + 30;
        const int Sleeps = 22 * 60 + 30;
        var due = ShanghaiTime.TickAfter(from.AddMinutes(minutes));
        var minute = ShanghaiTime.Minute(due);
        if (minute is >= Wakes and <= Sleeps) return due;
        var night = minute < Wakes ? ShanghaiTime.Day(due).AddDays(-1) : ShanghaiTime.Day(due);
        var morning = ShanghaiTime.TickAtOrBefore(ShanghaiTime.At(night.AddDays(1), Wakes + jitter));
        return morning <= from.AddHours(40) ? morning : ShanghaiTime.TickAtOrBefore(ShanghaiTime.At(night, Sleeps - jitter));
    }

    private readonly record struct Seen(string Cause, ulong Key, Content Content, Reading Reading, Advisor Advisor, Customer Customer, DateTimeOffset At, int Weight);
}

using System.Text;
using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Books;

/// <summary>The books of a week (Monday to Sunday in Shanghai): what really happened, counted from the story and never from the product.</summary>
internal sealed class BookKeeper(World world)
{
    /// <summary>The books as JSON; null when the text is no ISO week.</summary>
    public string? Week(string week)
    {
        if (ShanghaiTime.ParseWeek(week) is not { } span) return null;
        lock (world.Gate)
        {
            var credits = Credits.Of(world);
            var totals = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
            var content = new ContentBooks(world, credits, totals);
            var links = new LinkBooks(world.Journal, totals);
            return Encoding.UTF8.GetString(Json.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("week", week);
                writer.WriteString("from", ShanghaiTime.Iso(span.From));
                writer.WriteString("to", ShanghaiTime.Iso(span.To));
                Advisors(writer, span, totals);
                Accepted(writer, span, totals);
                content.Moments(writer, span);
                content.Posts(writer, span);
                links.Write(writer, span);
                Groups(writer, span, totals);
                Questions(writer, span, totals);
                Losses(writer, span, totals);
                Charged(writer, span, credits);
                writer.WriteStartObject("totals");
                foreach (var (name, value) in totals) writer.WriteNumber(name, value);
                writer.WriteEndObject();
                writer.WriteEndObject();
            }));
        }
    }

    /// <summary>The raw happenings of a week, oldest first; null when the text is no ISO week.</summary>
    public string? Events(string week)
    {
        if (ShanghaiTime.ParseWeek(week) is not { } span) return null;
        lock (world.Gate)
        {
            return Encoding.UTF8.GetString(Json.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var one in world.Journal.Happenings.Where(one => In(span, one.At))) Happening(writer, one);
                writer.WriteEndArray();
            }));
        }
    }

    public static bool In((DateTimeOffset From, DateTimeOffset To) span, DateTimeOffset at) => at >= span.From && at < span.To;

    public static void Count(SortedDictionary<string, decimal> totals, string name, decimal by = 1) => totals[name] = totals.GetValueOrDefault(name) + by;

    private void Advisors(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span, SortedDictionary<string, decimal> totals)
    {
        bool Inside(DateOnly day) => In(span, ShanghaiTime.At(day, 0));
        Count(totals, "requestsSent", 0);
        writer.WriteStartArray("advisors");
        foreach (var advisor in world.Advisors)
        {
            writer.WriteStartObject();
            writer.WriteString("userid", advisor.UserId);
            writer.WriteString("branch", advisor.Branch.Name);
            writer.Strings("leave", advisor.Leave.Where(Inside).Order().Select(ShanghaiTime.Iso));
            writer.WriteStartObject("requestsSent");
            foreach (var (day, sent) in advisor.RequestsSent.Where(pair => Inside(pair.Key)))
            {
                writer.WriteNumber(ShanghaiTime.Iso(day), sent);
                Count(totals, "requestsSent", sent);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("toldTarget");
            foreach (var (day, target) in advisor.ToldTarget.Where(pair => Inside(pair.Key))) writer.WriteNumber(ShanghaiTime.Iso(day), target);
            writer.WriteEndObject();
            writer.WriteStartObject("copies");
            foreach (var (day, copy) in advisor.Copies.Where(pair => Inside(pair.Key))) writer.WriteString(ShanghaiTime.Iso(day), copy);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Accepted(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span, SortedDictionary<string, decimal> totals)
    {
        Count(totals, "accepted", 0);
        Count(totals, "acceptedInitiatedByAdvisor", 0);
        writer.WriteStartArray("accepted");
        foreach (var one in world.Journal.Acceptances.Where(one => In(span, one.At)))
        {
            Count(totals, "accepted");
            if (one.Friend.InitiatedByAdvisor) Count(totals, "acceptedInitiatedByAdvisor");
            writer.WriteStartObject();
            writer.WriteString("userid", one.Friend.Advisor.UserId);
            writer.WriteString("externalUserId", one.Friend.Customer.ExternalUserId);
            writer.WriteString("at", ShanghaiTime.Iso(one.At));
            writer.WriteBoolean("initiatedByAdvisor", one.Friend.InitiatedByAdvisor);
            writer.WriteNumber("addWay", one.Friend.AddWay);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Groups(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span, SortedDictionary<string, decimal> totals)
    {
        Count(totals, "groupsBuilt", 0);
        Count(totals, "joinsByCode", 0);
        writer.WriteStartArray("groupsBuilt");
        foreach (var one in world.Journal.Built.Where(one => In(span, one.At)))
        {
            Count(totals, "groupsBuilt");
            writer.WriteStartObject();
            writer.WriteString("userid", one.Group.Owner.UserId);
            writer.WriteString("chatId", one.Group.ChatId);
            writer.WriteString("name", one.Group.Name);
            writer.WriteString("at", ShanghaiTime.Iso(one.At));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("joins");
        foreach (var one in world.Journal.Joins.Where(one => In(span, one.At)))
        {
            if (one.ByCode) Count(totals, "joinsByCode");
            writer.WriteStartObject();
            writer.WriteString("chatId", one.Group.ChatId);
            writer.WriteString("externalUserId", one.Customer.ExternalUserId);
            writer.WriteString("at", ShanghaiTime.Iso(one.At));
            writer.WriteBoolean("byCode", one.ByCode);
            writer.WriteString("state", one.State);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Questions(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span, SortedDictionary<string, decimal> totals)
    {
        foreach (var name in (string[])["questions", "questionsAnswered", "questionsUsed"]) Count(totals, name, 0);
        writer.WriteStartArray("questions");
        foreach (var one in world.Journal.Questions.Where(one => In(span, one.AskedAt)))
        {
            Count(totals, "questions");
            if (one.AnsweredAt is not null) Count(totals, "questionsAnswered");
            if (one.UsedAt is not null) Count(totals, "questionsUsed");
            writer.WriteStartObject();
            writer.WriteString("advisor", one.Advisor.UserId);
            writer.WriteString("askedAt", ShanghaiTime.Iso(one.AskedAt));
            writer.WriteString("topic", one.Topic);
            writer.WriteString("text", one.Text);
            writer.WriteString("identified", one.Identified?.ExternalUserId);
            writer.WriteBoolean("valuable", one.Customer.Valuable);
            writer.WriteString("answeredAt", one.AnsweredAt is { } answered ? ShanghaiTime.Iso(answered) : null);
            writer.WriteString("usedAt", one.UsedAt is { } used ? ShanghaiTime.Iso(used) : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Losses(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span, SortedDictionary<string, decimal> totals)
    {
        Count(totals, "lost", 0);
        writer.WriteStartArray("lost");
        foreach (var one in world.Journal.Losses.Where(one => In(span, one.At)))
        {
            Count(totals, "lost");
            writer.WriteStartObject();
            writer.WriteString("userid", one.Friend.Advisor.UserId);
            writer.WriteString("externalUserId", one.Friend.Customer.ExternalUserId);
            writer.WriteString("at", ShanghaiTime.Iso(one.At));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Charged(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span, Credits credits)
    {
        writer.WriteStartArray("credits");
        foreach (var one in credits.All.Where(one => In(span, one.At)))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", one.Kind);
            writer.WriteString("userid", one.Advisor.UserId);
            writer.WriteString("externalUserId", one.Customer.ExternalUserId);
            writer.WriteString("at", ShanghaiTime.Iso(one.At));
            writer.WriteString("to", one.To);
            if (one.Tied.Count > 0) writer.Strings("tied", one.Tied);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Happening(Utf8JsonWriter writer, Happening one)
    {
        writer.WriteStartObject();
        writer.WriteString("at", ShanghaiTime.Iso(one.At));
        writer.WriteString("kind", one.Kind);
        if (one.Advisor is not null) writer.WriteString("advisor", one.Advisor);
        if (one.Customer is not null) writer.WriteString("customer", one.Customer);
        if (one.Reference is not null) writer.WriteString("reference", one.Reference);
        if (one.Text is not null) writer.WriteString("text", one.Text);
        if (one.Number is { } number) writer.WriteNumber("number", number);
        writer.WriteEndObject();
    }
}

using System.Text.Json;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Books;

/// <summary>Moments and group posts of a week, by the week of their creation, with what customers did because of them.</summary>
internal sealed class ContentBooks(World world, Credits credits, SortedDictionary<string, decimal> totals)
{
    private static readonly TimeSpan Reach = TimeSpan.FromHours(48);
    private readonly ILookup<string, Click> _clicks = world.Journal.Clicks.Where(click => click.Human).ToLookup(click => click.Cause, StringComparer.Ordinal);
    private readonly ILookup<string, Sale> _sales = world.Journal.Sales.Where(sale => sale is { FaceToFace: false, Click: not null }).ToLookup(sale => sale.Click!.Cause, StringComparer.Ordinal);

    public void Moments(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span)
    {
        foreach (var name in (string[])["moments", "publications", "commentsValuable", "likes", "investmentQuestionsValuable", "benefitQuestions", "momentLosses", "momentReached"]) Count(name, 0);
        writer.WriteStartArray("moments");
        foreach (var moment in world.Moments.Values.Where(moment => BookKeeper.In(span, moment.CreatedAt)).OrderBy(moment => moment.CreatedAt).ThenBy(moment => moment.MomentId, StringComparer.Ordinal))
        {
            Count("moments", 1);
            writer.WriteStartObject();
            writer.WriteString("momentId", moment.MomentId);
            writer.WriteString("text", moment.Content.Text);
            writer.WriteString("createdAt", ShanghaiTime.Iso(moment.CreatedAt));
            writer.Strings("pictures", moment.Pictures);
            writer.Strings("executors", moment.Executors.Select(advisor => advisor.UserId));
            writer.WriteStartArray("published");
            var sums = new Sums(0, 0, 0, 0, 0);
            foreach (var publication in moment.Publications.Values.OrderBy(publication => publication.Advisor.Index)) sums = Publication(writer, moment, publication, sums);
            writer.WriteEndArray();
            writer.WriteNumber("commentsValuable", sums.Comments);
            writer.WriteNumber("likes", sums.Likes);
            writer.WriteNumber("investmentQuestionsValuable", sums.Investment);
            writer.WriteNumber("benefitQuestions", sums.Benefits);
            writer.WriteNumber("losses", sums.Losses);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public void Posts(Utf8JsonWriter writer, (DateTimeOffset From, DateTimeOffset To) span)
    {
        foreach (var name in (string[])["posts", "postsSent", "postInvestmentQuestions", "postClicks", "postSales48h", "postLosses", "postReached"]) Count(name, 0);
        writer.WriteStartArray("posts");
        foreach (var message in world.MassMessages.Values.Where(message => message.ToGroups && BookKeeper.In(span, message.CreatedAt)).OrderBy(message => message.CreatedAt).ThenBy(message => message.MessageId, StringComparer.Ordinal))
        {
            var sending = message.Sendings[0];
            var due = credits.ByExposure[(message.MessageId, sending.Sender)].ToList();
            var clicks = sending.SentAt is { } sent ? _clicks[message.MessageId].Count(click => click.At - sent <= Reach) : 0;
            var sales = sending.SentAt is { } from ? _sales[message.MessageId].Count(sale => sale.At - from <= Reach) : 0;
            Count("posts", 1);
            Count("postsSent", sending.SentAt is null ? 0 : 1);
            Count("postInvestmentQuestions", due.Count(credit => credit.Kind == "investment"));
            Count("postClicks", clicks);
            Count("postSales48h", sales);
            Count("postLosses", due.Count(credit => credit.Kind == "loss"));
            writer.WriteStartObject();
            writer.WriteString("msgid", message.MessageId);
            writer.WriteString("sender", sending.Sender.UserId);
            writer.WriteString("text", message.Content.Text);
            writer.Strings("pictures", message.Pictures);
            writer.WriteString("createdAt", ShanghaiTime.Iso(message.CreatedAt));
            writer.WriteString("sentAt", sending.SentAt is { } at ? ShanghaiTime.Iso(at) : null);
            writer.WriteString("servedAt", sending.ServedAt is { } served ? ShanghaiTime.Iso(served) : null);
            writer.WriteStartArray("groups");
            foreach (var (group, members) in sending.Reached)
            {
                Count("postReached", members.Count);
                writer.WriteStartObject();
                writer.WriteString("chatId", group.ChatId);
                writer.WriteNumber("reached", members.Count);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("investmentQuestions", due.Count(credit => credit.Kind == "investment"));
            writer.WriteNumber("benefitQuestions", due.Count(credit => credit.Kind == "benefits"));
            writer.WriteNumber("clicks", clicks);
            writer.WriteNumber("sales48h", sales);
            writer.WriteNumber("losses", due.Count(credit => credit.Kind == "loss"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private Sums Publication(Utf8JsonWriter writer, Moment moment, Publication publication, Sums sums)
    {
        var until = (publication.ServedAt ?? publication.At) + Reach;
        var due = credits.ByExposure[(moment.MomentId, publication.Advisor)].ToList();
        var one = new Sums(
            publication.Comments.Where(comment => comment.At <= until && comment.Customer.Valuable).DistinctBy(comment => comment.Customer.Index).Count(),
            publication.Likes.Count(like => like.At <= until),
            due.Count(credit => credit.Kind == "investment" && credit.Customer.Valuable),
            due.Count(credit => credit.Kind == "benefits"),
            due.Count(credit => credit.Kind == "loss"));
        Count("publications", 1);
        Count("commentsValuable", one.Comments);
        Count("likes", one.Likes);
        Count("investmentQuestionsValuable", one.Investment);
        Count("benefitQuestions", one.Benefits);
        Count("momentLosses", one.Losses);
        Count("momentReached", publication.Reached.Count);
        writer.WriteStartObject();
        writer.WriteString("userid", publication.Advisor.UserId);
        writer.WriteString("at", ShanghaiTime.Iso(publication.At));
        writer.WriteString("servedAt", publication.ServedAt is { } served ? ShanghaiTime.Iso(served) : null);
        writer.WriteNumber("reached", publication.Reached.Count);
        writer.WriteNumber("commentsValuable", one.Comments);
        writer.WriteNumber("comments", publication.Comments.Count(comment => comment.At <= until));
        writer.WriteNumber("likes", one.Likes);
        writer.WriteNumber("investmentQuestionsValuable", one.Investment);
        writer.WriteNumber("benefitQuestions", one.Benefits);
        writer.WriteNumber("losses", one.Losses);
        writer.WriteEndObject();
        return new Sums(sums.Comments + one.Comments, sums.Likes + one.Likes, sums.Investment + one.Investment, sums.Benefits + one.Benefits, sums.Losses + one.Losses);
    }

    private void Count(string name, decimal by) => BookKeeper.Count(totals, name, by);

    private sealed record Sums(int Comments, int Likes, int Investment, int Benefits, int Losses);
}

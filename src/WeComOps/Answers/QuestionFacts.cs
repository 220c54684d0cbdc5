using WeComOps.Customers;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;

namespace WeComOps.Answers;

/// <summary>Facts of a question's life.</summary>
internal static class QuestionFacts
{
    /// <summary>The question waits for the desk from here on; the fact is recorded once it is known who asked, or that it is not.</summary>
    public static async Task OpenAsync(
        Changes changes, Question question, string? customer, ICustomerStore customers, Exposures exposures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var exposure = customer is null ? null : await exposures.LastAsync(question.Advisor, customer, question.AskedAt, cancellationToken);
        var open = question with
        {
            State = QuestionState.Open,
            Customer = customer,
            Tier = customer is null ? null : await customers.TierAsync(customer, cancellationToken),
            Exposure = exposure?.Ref,
        };
        changes.Questions.Add(open);
        changes.Record(new Fact
        {
            Id = RefOf(open).Id,
            Day = ShanghaiTime.DayOf(open.AskedAt),
            Kind = FactKind.QuestionAsked,
            OccurredAt = open.AskedAt,
            DueAt = open.DueAt,
            Advisor = open.Advisor,
            Branch = open.Branch,
            Customer = open.Customer,
            Tier = open.Tier,
            Content = exposure?.Content,
            Push = exposure?.Push,
            Topic = open.Topic,
            Class = exposure?.Class,
            Cause = exposure?.Ref,
            Source = open.Source,
            RecordedAt = now,
        });
    }

    public static FactRef RefOf(Question question) => new(ShanghaiTime.DayOf(question.AskedAt), "question_asked:" + question.Id);

    /// <summary>What ties the advisor's reply to this question: an instruction of its own.</summary>
    public static ContentRef ReplyContent(Question question, ContentRef? answer, string answeredBy) => (answer
        ?? new ContentRef(null, "free-answer", 0, null, answeredBy, AnswerDesk.Team, null)) with
    { Instruction = "question:" + question.Id };

    public static Fact Answered(Question question, DateTimeOffset now) =>
        Of(question, FactKind.QuestionAnswered, "question_answered", question.AnsweredAt!.Value, "console:answer:" + question.Id, now);

    public static Fact ReplyAssigned(Question question, ContentRef content, DateTimeOffset now) => new()
    {
        Id = "assignment_given:reply:" + question.Id,
        Day = ShanghaiTime.DayOf(question.ReplyDueAt!.Value),
        Kind = FactKind.AssignmentGiven,
        OccurredAt = question.AnsweredAt!.Value,
        DueAt = question.ReplyDueAt,
        Advisor = question.Advisor,
        Branch = question.Branch,
        Content = content,
        Class = ActionKind.Replies,
        Cause = RefOf(question),
        Source = "console:answer:" + question.Id,
        RecordedAt = now,
    };

    public static Fact Used(Question question, ContentRef content, string source, DateTimeOffset now) =>
        Of(question, FactKind.AnswerUsed, "answer_used", question.UsedAt!.Value, source, now) with { Content = content };

    /// <summary>What happened to the question of a customer, caused by its being asked.</summary>
    private static Fact Of(Question question, FactKind kind, string name, DateTimeOffset at, string source, DateTimeOffset now) => new()
    {
        Id = name + ":" + question.Id,
        Day = ShanghaiTime.DayOf(at),
        Kind = kind,
        OccurredAt = at,
        Advisor = question.Advisor,
        Branch = question.Branch,
        Customer = question.Customer,
        Tier = question.Tier,
        Topic = question.Topic,
        Cause = RefOf(question),
        Source = source,
        RecordedAt = now,
    };
}

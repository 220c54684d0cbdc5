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

    public static Fact Answered(Question question, DateTimeOffset now) => new()
    {
        Id = "question_answered:" + question.Id,
        Day = ShanghaiTime.DayOf(question.AnsweredAt!.Value),
        Kind = FactKind.QuestionAnswered,
        OccurredAt = question.AnsweredAt.Value,
        Advisor = question.Advisor,
        Branch = question.Branch,
        Customer = question.Customer,
        Tier = question.Tier,
        Topic = question.Topic,
        Cause = RefOf(question),
        Source = "console:answer:" + question.Id,
        RecordedAt = now,
    };

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

    public static Fact Used(Question question, ContentRef content, string source, DateTimeOffset now) => new()
    {
        Id = "answer_used:" + question.Id,
        Day = ShanghaiTime.DayOf(question.UsedAt!.Value),
        Kind = FactKind.AnswerUsed,
        OccurredAt = question.UsedAt.Value,
        Advisor = question.Advisor,
        Branch = question.Branch,
        Customer = question.Customer,
        Tier = question.Tier,
        Content = content,
        Topic = question.Topic,
        Cause = RefOf(question),
        Source = source,
        RecordedAt = now,
    };
}

using System.Text.Json.Serialization;
using WeComOps.Ledger;

namespace WeComOps.Answers;

public enum QuestionState
{
    /// <summary>Several customers of the advisor carry the name: the advisor was asked which.</summary>
    Identifying,
    Open,
    Claimed,
    Answered,

    /// <summary>The advisor confirmed that the answer went to the customer.</summary>
    Used,
}

/// <summary>A customer's question on its way through the mid-office. One question, one owner.</summary>
/// <param name="Customer">external_userid; null: 未识别, counts in no customer metric.</param>
/// <param name="DueAt">End of the service time in business minutes, UTC.</param>
/// <param name="Exposure">The push it is credited to, if any.</param>
public sealed record Question(
    string Id, string Advisor, string Branch, string? Customer, string? Tier, string Text, string Topic, DateTimeOffset AskedAt, DateTimeOffset DueAt,
    QuestionState State, string Source, IReadOnlyList<string> Candidates, FactRef? Exposure, string? ClaimedBy, DateTimeOffset? LeaseUntil, string? Answer, ContentRef? AnswerContent,
    string? AnsweredBy, DateTimeOffset? AnsweredAt, DateTimeOffset? ReplyDueAt, DateTimeOffset? UsedAt)
{
    /// <summary>The store's: 0 for a new one, else the revision that was read. It is written only if it is still that one.</summary>
    [JsonIgnore]
    public long Revision { get; init; }

    public bool CanBeClaimedBy(string user, DateTimeOffset now) =>
        State == QuestionState.Open || (State == QuestionState.Claimed && (ClaimedBy == user || LeaseUntil <= now));

    public Question Claim(string user, DateTimeOffset now, TimeSpan lease) =>
        this with { State = QuestionState.Claimed, ClaimedBy = user, LeaseUntil = now + lease };

    public Question GiveAnswer(string user, string answer, ContentRef? content, DateTimeOffset now, DateTimeOffset replyDueAt) => this with
    {
        State = QuestionState.Answered,
        Answer = answer,
        AnswerContent = content,
        AnsweredBy = user,
        AnsweredAt = now,
        ReplyDueAt = replyDueAt,
        LeaseUntil = null,
    };

    public Question ConfirmUse(DateTimeOffset now) => this with { State = QuestionState.Used, UsedAt = now };
}

public interface IQuestionStore
{
    Task<Question?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Questions waiting for the desk, least time left first.</summary>
    Task<IReadOnlyList<Question>> WaitingAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<Question>> InStateAsync(QuestionState state, CancellationToken cancellationToken);

    Task<IReadOnlyList<Question>> LatestAsync(int limit, CancellationToken cancellationToken);
}

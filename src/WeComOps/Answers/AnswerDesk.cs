using Microsoft.Extensions.Options;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates.Lint;
using WeComOps.WeCom;

namespace WeComOps.Answers;

/// <summary>
/// What the desk does with questions. One question, one owner: a claim is a lease, and a question is written only as it was
/// read, so that of two people (or nodes) who decide at once one is first and the other reads again.
/// </summary>
public sealed class AnswerDesk
{
    public const string Team = "应答台";
    private const int MostAnswerCharacters = 600;

    private readonly IQuestionStore _questions;
    private readonly IChangeStore _changes;
    private readonly ICustomerStore _customers;
    private readonly Exposures _exposures;
    private readonly BusinessCalendar _calendar;
    private readonly TemplateLint _lint;
    private readonly AnswersOptions _options;
    private readonly TimeProvider _clock;

    internal AnswerDesk(
        IQuestionStore questions, IChangeStore changes, ICustomerStore customers, Exposures exposures, BusinessCalendar calendar,
        TemplateLint lint, IOptions<AnswersOptions> options, TimeProvider clock)
    {
        (_questions, _changes, _customers, _exposures, _calendar, _lint, _options, _clock) =
            (questions, changes, customers, exposures, calendar, lint, options.Value, clock);
    }

    /// <summary>Null when done; else why not, in the words of the screen.</summary>
    public Task<string?> ClaimAsync(string questionId, string user, CancellationToken cancellationToken) =>
        TwiceAsync(() => ClaimCoreAsync(questionId, user, cancellationToken));

    private async Task<string?> ClaimCoreAsync(string questionId, string user, CancellationToken cancellationToken)
    {
        var now = _clock.GetNow();
        if (await _questions.FindAsync(questionId, cancellationToken) is not { } question)
        {
            return "没有这个提问。";
        }

        if (!question.CanBeClaimedBy(user, now))
        {
            return $"这个提问正由 {question.ClaimedBy ?? question.AnsweredBy} 处理，请选择下一个。";
        }

        var changes = new Changes();
        changes.Questions.Add(question.Claim(user, now, TimeSpan.FromMinutes(_options.LeaseMinutes)));
        changes.Audit.Add(new AuditEntry(now, user, "claim-question", questionId, null));
        await _changes.CommitAsync(changes, cancellationToken);
        return null;
    }

    /// <summary>What the rules for content find in an answer: first what forbids sending it. Nobody else reads it before the advisor.</summary>
    public IReadOnlyList<LintFinding> Check(Question question, string answer) => _lint.CheckAnswer(answer.Trim(), Topics.ProductTypeOf(question.Topic));

    /// <summary>Answers a question that the user owns (or that is free): a card goes to the advisor. Null when done.</summary>
    /// <param name="content">The library entry it came from; null for free text.</param>
    public Task<string?> AnswerAsync(string questionId, string user, string answer, ContentRef? content, CancellationToken cancellationToken) =>
        TwiceAsync(() => AnswerCoreAsync(questionId, user, answer, content, cancellationToken));

    private async Task<string?> AnswerCoreAsync(string questionId, string user, string answer, ContentRef? content, CancellationToken cancellationToken)
    {
        var now = _clock.GetNow();
        answer = answer.Trim();
        if (answer.Length is 0 or > MostAnswerCharacters)
        {
            return $"应答需要 1 到 {MostAnswerCharacters} 个字，现在是 {answer.Length} 个字。内容已保留，请修改后再发送。";
        }

        if (await _questions.FindAsync(questionId, cancellationToken) is not { } question)
        {
            return "没有这个提问。";
        }

        if (!question.CanBeClaimedBy(user, now))
        {
            return question.AnsweredAt is null
                ? $"这个提问正由 {question.ClaimedBy} 处理。您写的内容已保留，没有发送。"
                : $"{question.AnsweredBy} 已经回答了这个提问。您写的内容已保留，没有发送。";
        }

        if (Check(question, answer).Where(finding => finding.Level == LintLevel.Block).ToArray() is [var first, ..] blocking)
        {
            return $"有 {blocking.Length} 处要修改才能发送。{first.Say()}内容已保留，没有发送。";
        }

        var replyDue = _calendar.AddMinutes(now, _options.ReplyMinutes);
        var answered = question.GiveAnswer(user, answer, content, now, replyDue);
        var reply = QuestionFacts.ReplyContent(answered, content, user);
        // Two customers may ask the same: the advisor must see whom the answer is for.
        var asker = question.Customer is { } id ? (await _customers.FindAsync(id, cancellationToken))?.Name : null;
        var changes = new Changes();
        changes.Questions.Add(answered);
        changes.Sources.Add(new RawSource("console:answer:" + question.Id, "console", now, AnswerJson.Write(answered)));
        changes.Record(QuestionFacts.Answered(answered, now));
        changes.Record(QuestionFacts.ReplyAssigned(answered, reply, now));
        changes.Assignments.Add(new Assignment(
            "reply:" + question.Id, reply.Instruction!, ActionKind.Replies, question.Advisor, question.Branch, ShanghaiTime.DayOf(replyDue), replyDue, Target: 1, Text: null));
        changes.Outgoing.Add(OutgoingMessages.Plan(
            "answer:" + question.Id,
            new AppMessage.Card(
                question.Advisor, CardTasks.Answer(question.Id), "客户提问已有答复", $"{asker ?? "客户"}问：{Shorten(question.Text, 60)}\n答复：{answer}",
                [new CardButton(CardTasks.RepliedButton, "已回复客户")], Selection: null),
            now, replyDue));
        changes.Audit.Add(new AuditEntry(now, user, "answer-question", questionId, null));
        await _changes.CommitAsync(changes, cancellationToken);
        return null;
    }

    /// <summary>Questions whose advisor did not say in time who asked go on as 未识别; the number of them.</summary>
    public async Task<int> OpenUnidentifiedAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetNow();
        var opened = 0;
        foreach (var question in await _questions.InStateAsync(QuestionState.Identifying, cancellationToken))
        {
            if (now - question.AskedAt >= TimeSpan.FromMinutes(_options.IdentifyMinutes))
            {
                opened += await OpenUnidentifiedAsync(question, now, cancellationToken);
            }
        }

        return opened;
    }

    private async Task<int> OpenUnidentifiedAsync(Question question, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        await QuestionFacts.OpenAsync(changes, question, customer: null, _customers, _exposures, now, cancellationToken);
        try
        {
            await _changes.CommitAsync(changes, cancellationToken);
            return 1;
        }
        catch (ConflictException)
        {
            // The advisor has said it at this very moment: that counts.
            return 0;
        }
    }

    /// <summary>Who was not first reads again, once, and says what is true by then.</summary>
    private static async Task<string?> TwiceAsync(Func<Task<string?>> step)
    {
        try
        {
            return await step();
        }
        catch (ConflictException)
        {
            try
            {
                return await step();
            }
            catch (ConflictException)
            {
                return "这个提问刚刚被同事改动，请刷新后再试。您写的内容没有发送。";
            }
        }
    }

    private static string Shorten(string text, int characters)
    {
        var elements = new System.Globalization.StringInfo(text);
        return elements.LengthInTextElements <= characters ? text : elements.SubstringByTextElements(0, characters) + "…";
    }
}

using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Answers;

/// <summary>
/// An advisor wrote to the app: a customer's question. <c>李女士问：…</c> names the customer; if several of the advisor's
/// customers carry the name, the advisor is asked which; if none does, the question is 未识别.
/// </summary>
internal sealed partial class RouteQuestion(
    IDirectoryStore directory, ICustomerStore customers, Exposures exposures, BusinessCalendar calendar, IOptions<AnswersOptions> options, TimeProvider clock)
    : IMessageHandler
{
    private const int MostOptions = 10;

    /// <summary>Polite words before 问 that name nobody: 请问, 想问, 客户问.</summary>
    private static readonly HashSet<string> NotNames = new(StringComparer.Ordinal) { "请", "想", "想请", "我", "我想", "客户", "有客户" };

    public string Name => HandlerName.RouteQuestion;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var text = (WeComEvent.TextReceived)message;
        if (await directory.FindMemberAsync(text.UserId, cancellationToken) is not { } advisor)
        {
            return new Handled.Later($"member {text.UserId} is not known yet");
        }

        var (name, asked) = Split(text.Content);
        var question = new Question(
            "q-" + item.MessageId[..16], advisor.UserId, advisor.BranchId, Customer: null, Tier: null, asked, Topics.Of(asked), text.At,
            calendar.AddMinutes(text.At, options.Value.ServiceMinutes), QuestionState.Open, "inbox:" + item.MessageId, Candidates: [], Exposure: null,
            ClaimedBy: null, LeaseUntil: null, Answer: null, AnswerContent: null, AnsweredBy: null, AnsweredAt: null, ReplyDueAt: null, UsedAt: null);

        var candidates = name is null ? [] : await customers.FindByNameAsync(advisor.UserId, name, MostOptions, cancellationToken);
        var changes = new Changes();
        if (candidates.Count > 1)
        {
            changes.Questions.Add(question with { State = QuestionState.Identifying, Candidates = [.. candidates.Select(candidate => candidate.Id)] });
            changes.Outgoing.Add(AskWhich(question, candidates, clock.GetNow()));
        }
        else
        {
            await QuestionFacts.OpenAsync(changes, question, candidates.SingleOrDefault()?.Id, customers, exposures, clock.GetNow(), cancellationToken);
        }

        return new Handled.Done(changes);
    }

    internal static (string? Name, string Question) Split(string content)
    {
        var match = NamedQuestion().Match(content);
        return match.Success && !NotNames.Contains(match.Groups["name"].Value) ? (match.Groups["name"].Value, match.Groups["question"].Value.Trim()) : (null, content.Trim());
    }

    private OutgoingMessage AskWhich(Question question, IReadOnlyList<KnownCustomer> candidates, DateTimeOffset now) => OutgoingMessages.Plan(
        "which:" + question.Id,
        new AppMessage.Card(
            question.Advisor, CardTasks.Which(question.Id), "请选择提问的客户", "有几位客户同名，请选择是哪一位提问。",
            [new CardButton(CardTasks.ChooseButton, "确定")],
            new CardSelection(CardTasks.CustomerQuestion, "客户", [.. candidates.Select(candidate => new CardOption(candidate.Id, Label(candidate)))])),
        now, now.AddMinutes(options.Value.IdentifyMinutes));

    private static string Label(KnownCustomer customer) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{customer.Name}（{ShanghaiTime.ToLocal(customer.Since):yyyy-MM-dd} 添加）");

    [GeneratedRegex(@"^\s*(?<name>[^\s：:，,。？?]{1,16}?)(客户)?[问说][：:](?<question>.+)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex NamedQuestion();
}

/// <summary>Task ids and keys of the cards we send to advisors.</summary>
internal static class CardTasks
{
    public const string RepliedButton = "replied";
    public const string ChooseButton = "choose";
    public const string CustomerQuestion = "customer";
    private const string WhichPrefix = "which-";
    private const string AnswerPrefix = "answer-";

    public static string Which(string questionId) => WhichPrefix + questionId;

    public static string Answer(string questionId) => AnswerPrefix + questionId;

    public static string? QuestionOf(string taskId) =>
        taskId.StartsWith(WhichPrefix, StringComparison.Ordinal) ? taskId[WhichPrefix.Length..]
        : taskId.StartsWith(AnswerPrefix, StringComparison.Ordinal) ? taskId[AnswerPrefix.Length..]
        : null;
}

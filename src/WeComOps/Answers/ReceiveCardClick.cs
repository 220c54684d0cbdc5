using WeComOps.Customers;
using WeComOps.Inbox;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Answers;

/// <summary>An advisor pressed a button of one of our cards: which customer asked, or that the answer was passed on.</summary>
internal sealed class ReceiveCardClick(IQuestionStore questions, ICustomerStore customers, Exposures exposures, TimeProvider clock) : IMessageHandler
{
    public string Name => HandlerName.ReceiveCardClick;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        var click = (WeComEvent.CardClicked)message;
        if (CardTasks.QuestionOf(click.TaskId) is not { } id
            || await questions.FindAsync(id, cancellationToken) is not { } question
            || question.Advisor != click.UserId)
        {
            // A card of another app, or somebody else's question: kept raw in the inbox, nothing to decide.
            return Handled.Nothing;
        }

        var changes = new Changes();
        var now = clock.GetNow();
        if (click.EventKey == CardTasks.ChooseButton && question.State == QuestionState.Identifying)
        {
            var chosen = click.Selected.TryGetValue(CardTasks.CustomerQuestion, out var options) ? options.FirstOrDefault() : null;
            await QuestionFacts.OpenAsync(
                changes, question, question.Candidates.Contains(chosen, StringComparer.Ordinal) ? chosen : null, customers, exposures, now, cancellationToken);
        }
        else if (click.EventKey == CardTasks.RepliedButton && question.State == QuestionState.Answered)
        {
            var used = question.ConfirmUse(click.At);
            changes.Questions.Add(used);
            changes.Record(QuestionFacts.Used(used, QuestionFacts.ReplyContent(used, used.AnswerContent, used.AnsweredBy!), "inbox:" + item.MessageId, now));
        }

        return new Handled.Done(changes);
    }
}

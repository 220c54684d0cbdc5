using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>Customers ask their advisor in private; the advisor hands the question to the app, picks the customer when asked who it was, and passes the answer on.</summary>
internal sealed class QuestionStory(World world, Callbacks callbacks, Shopping shopping)
{
    public const string RepliedKey = "replied";
    private readonly Dictionary<int, List<Question>> _asked = [];

    /// <summary>The question that an answer's card was read as being about, so that its button means the same one.</summary>
    private readonly Dictionary<AppMessage, Question> _answers = [];

    /// <summary>The advisor writes the question to the app, with the customer's name as most advisors do.</summary>
    public void Ask(Advisor advisor, Customer customer, string topic, DateTimeOffset at)
    {
        if (!advisor.FriendsByCustomer.TryGetValue(customer.Index, out var friend) || !friend.Active) return;
        var namesakes = advisor.Named(customer.Name).ToList();
        // Whether a namesake who deleted the advisor still counts is a matter of reading: nobody puts the product into that position.
        if (namesakes.Exists(other => !other.Active)) return;
        var text = Topics.Ask(topic, world.Dice.Bits("question", advisor.Index, customer.Index, at.ToUnixTimeSeconds()));
        var named = !world.Dice.Chance(0.08, "names-nobody", advisor.Index);
        var question = new Question(advisor, customer, at, topic, text, named) { Identified = named && namesakes.Count == 1 ? customer : null };
        Record(question, $"{(named ? customer.Name : "客户")}问：{text}");
    }

    /// <summary>A person playing the advisor writes to the app; a question is taken as such when it names a customer.</summary>
    public void Write(Advisor advisor, string content, DateTimeOffset at)
    {
        var mark = content.IndexOf("问：", StringComparison.Ordinal);
        var name = mark > 0 ? content[..mark].Trim() : "";
        List<Friendship> named = name.Length == 0 ? [] : [.. advisor.Named(name).Where(friend => friend.Active)];
        if (named.Count > 0)
        {
            var text = content[(mark + 2)..].Trim();
            Record(new Question(advisor, named[0].Customer, at, Topics.Guess(text), text, true) { Identified = named.Count == 1 ? named[0].Customer : null }, content);
            return;
        }

        world.Journal.Note(at, "advisor_wrote", advisor.UserId, text: content);
        callbacks.AdvisorWrote(advisor, $"app/{advisor.UserId}", $"write/{advisor.UserId}/{at.UtcTicks}", content, at);
    }

    /// <summary>A card with buttons came: plans the press, if there is one the advisor would make.</summary>
    public void OnCard(Advisor advisor, AppMessage card, DateTimeOffset now)
    {
        if (card.Options.Count > 0 && card.QuestionKey is not null) PlanPick(advisor, card, now);
        else if (card.Buttons.FirstOrDefault(IsReplied) is { } button) PlanReply(advisor, card, button, now);
    }

    /// <summary>Presses a button; WeCom delivers it once.</summary>
    public void Press(Advisor advisor, AppMessage card, CardButton button, string? optionId, DateTimeOffset at)
    {
        if (card.Pressed is not null) return;
        card.Pressed = button.Key;
        if (optionId is not null && world.CustomersById.TryGetValue(optionId, out var picked) && Asked(advisor, card, unidentified: true) is { } question && question.Customer == picked)
            question.Identified = picked;
        if (IsReplied(button) && (_answers.GetValueOrDefault(card) ?? Asked(advisor, card, unidentified: false)) is { UsedAt: null } answered)
        {
            answered.UsedAt = at;
            FollowAnswer(answered, card, at);
        }

        world.Journal.Note(at, "card_pressed", advisor.UserId, optionId, card.TaskId, button.Key);
        var code = world.Dice.Id("RC", 40, "press", advisor.Index, (long)Dice.Hash(card.TaskId ?? card.MessageId), at.ToUnixTimeSeconds());
        world.ResponseCodes[code] = new ResponseCode(advisor, card, world.Clock.GetUtcNow());
        (string, string)? selected = optionId is null || card.QuestionKey is null ? null : (card.QuestionKey, optionId);
        callbacks.CardPressed(advisor, card, button.Key, code, selected, at);
    }

    private void Record(Question question, string content)
    {
        var (advisor, customer, at) = (question.Advisor, question.Customer, question.AskedAt);
        world.Journal.Questions.Add(question);
        if (!_asked.TryGetValue(advisor.Index, out var list)) _asked.Add(advisor.Index, list = []);
        list.Add(question);
        world.Journal.Note(at, "question_asked", advisor.UserId, customer.ExternalUserId, question.Topic, question.Text);
        callbacks.AdvisorWrote(advisor, Callbacks.Pair(advisor, customer), $"ask/{advisor.UserId}/{customer.Index}/{at.UtcTicks}", content, at);
    }

    private void PlanPick(Advisor advisor, AppMessage card, DateTimeOffset now)
    {
        if (Asked(advisor, card, unidentified: true) is not { } question) return;
        var option = card.Options.FirstOrDefault(option => option.Id == question.Customer.ExternalUserId);
        if (option is null || card.Buttons.FirstOrDefault(button => button.Url is null) is not { } button) return;
        var tie = Dice.Hash(question.Text);
        world.Agenda.Plan(ShanghaiTime.TickAfter(now), Act.Answered, advisor.Index, question.Customer.Index, tie, at => Press(advisor, card, button, option.Id, at));
    }

    private void PlanReply(Advisor advisor, AppMessage card, CardButton button, DateTimeOffset now)
    {
        if (Asked(advisor, card, unidentified: false) is not { } question) return;
        _answers[card] = question;
        question.AnsweredAt ??= now;
        var (tie, asked) = ((long)Dice.Hash(question.Text), question.AskedAt.ToUnixTimeSeconds());
        if (!world.Dice.Chance(advisor.Diligence, "reply", advisor.Index, tie, asked)) return;
        var minutes = 10 + world.Dice.Below(111, "reply-delay", advisor.Index, tie, asked);
        if (world.Calendar.After(advisor, now, minutes, 9 * 60, 18 * 60) is not { } due) return;
        world.Agenda.Plan(due, Act.Answered, advisor.Index, question.Customer.Index, (ulong)asked, at => Press(advisor, card, button, null, at));
    }

    /// <summary>An answer that helps sometimes leads to the page that it links to, and to a purchase.</summary>
    private void FollowAnswer(Question question, AppMessage card, DateTimeOffset at)
    {
        var links = Content.Of(card.Text, []).Links;
        var (advisor, customer, tie) = (question.Advisor.Index, question.Customer.Index, question.AskedAt.ToUnixTimeSeconds());
        if (!question.Investment || links.Count == 0 || !world.Dice.Chance(0.25, "follow-answer", advisor, customer, tie)) return;
        var due = Reactions.Waking(at, 15 + world.Dice.Below(480, "follow-delay", advisor, customer, tie), world.Dice.Below(150, "follow-jitter", customer, tie));
        world.Agenda.Plan(due, Act.Clicked, advisor, customer, (ulong)tie, tick => shopping.Follow(links[0], question.Customer, "answer", 0.25, tie, tick));
    }

    /// <summary>The question that a card is about: the one whose words it repeats, else one whose customer it names or offers, else the oldest open one.</summary>
    private Question? Asked(Advisor advisor, AppMessage card, bool unidentified)
    {
        if (!_asked.TryGetValue(advisor.Index, out var all)) return null;
        var open = all.Where(question => unidentified ? question.Identified is null : question.UsedAt is null).ToList();
        var repeated = open.Where(question => card.Text.Contains(question.Text, StringComparison.Ordinal)).ToList();
        if (repeated.Count > 0) open = repeated;
        // A second card about the same words is about the question that has no answer yet; one that names nobody, about a customer nobody named.
        if (!unidentified) open = [.. open.OrderBy(question => question.AnsweredAt is not null).ThenBy(question => question.Identified is not null)];
        return open.FirstOrDefault(question => card.Options.Any(option => option.Id == question.Customer.ExternalUserId))
            ?? open.FirstOrDefault(question => question.Named && card.Text.Contains(question.Customer.Name, StringComparison.Ordinal))
            ?? (repeated.Count > 0 || !unidentified ? open.FirstOrDefault() : null);
    }

    private static bool IsReplied(CardButton button) => button.Url is null && (button.Key == RepliedKey || button.Key.StartsWith(RepliedKey + ":", StringComparison.Ordinal));
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WeComOps.Answers;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Sales;
using WeComOps.Templates;
using WeComOps.Templates.Lint;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>People and nodes that decide on one thing at once: one is first, the others see what it did.</summary>
public abstract class DecidingTests : ConformanceTests
{
    private readonly SteppedClock _clock = new(Given.Noon);

    private Exposures Exposures => new(The<IPushStore>(), The<ICustomerStore>(), The<IGroupStore>());

    /// <summary>A new one for each who asks, as each node has its own.</summary>
    private AnswerDesk Desk => new(
        The<IQuestionStore>(), The<IChangeStore>(), The<ICustomerStore>(), Exposures, new BusinessCalendar(new CalendarOptions()),
        new TemplateLint(TemplateEngines.Create(), new LintSettings()), Options.Create(new AnswersOptions()), _clock);

    private RecordSale Sales => new(
        The<ISaleStore>(), The<ILinkStore>(), new ClickLog(The<ILinkStore>(), The<IChangeStore>(), Options.Create(new LinksOptions()), NullLogger<ClickLog>.Instance),
        The<ILedger>(), The<ICustomerStore>(), The<IDirectoryStore>(), The<IPushStore>(), The<IChangeStore>(), Options.Create(new LinksOptions()), _clock);

    [Fact]
    public async Task Of_eight_who_claim_a_question_at_once_one_owns_it_and_seven_hear_who()
    {
        await CommitAsync(changes => changes.Questions.Add(Given.Question("q1")));

        var said = await AtOnceAsync(8, i => Desk.ClaimAsync("q1", $"user{i}", None));

        var owner = (await The<IQuestionStore>().FindAsync("q1", None))!.ClaimedBy!;
        Assert.Equal($"user{Array.IndexOf(said, null)}", owner);
        Assert.Equal(7, said.Count(words => words is not null && words.Contains(owner, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_two_who_answer_a_question_at_once_one_answer_goes_to_the_advisor()
    {
        await CommitAsync(changes => changes.Questions.Add(Given.Question("q1")));

        var said = await AtOnceAsync(4, i => Desk.AnswerAsync("q1", $"user{i}", $"答复 {i}", null, None));

        var card = Assert.Single(await The<IOutgoingStore>().DueAsync(Given.Noon, 10, None));
        Assert.Contains($"答复 {Array.IndexOf(said, null)}", ((AppMessage.Card)OutgoingMessages.Read(card)).Description, StringComparison.Ordinal);
        Assert.Equal(3, said.Count(words => words is not null));
        Assert.Single(await The<ILedger>().LatestAsync(FactKind.QuestionAnswered, 10, None));
    }

    [Fact]
    public async Task Who_asked_is_decided_once_when_the_clock_and_the_advisor_decide_at_once()
    {
        await CommitAsync(changes => changes.Questions.Add(Given.Question("q1", QuestionState.Identifying) with { Customer = null, Tier = null, Exposure = null }));
        var click = new ReceiveCardClick(The<IQuestionStore>(), The<ICustomerStore>(), Exposures, _clock);
        _clock.Advance(TimeSpan.FromHours(1));
        var decided = await click.HandleAsync(
            new WeComEvent.CardClicked(
                Given.Noon, "advisor1", CardTasks.ChooseButton, CardTasks.Which("q1"), null,
                new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [CardTasks.CustomerQuestion] = ["customer2"] }),
            new InboxItem("m1", click.Name, "", Given.Noon, 0, "claim"), None);

        Assert.Equal(1, await Desk.OpenUnidentifiedAsync(None));
        await Assert.ThrowsAsync<ConflictException>(() => The<IChangeStore>().CommitAsync(((Handled.Done)decided).Changes, None));

        Assert.Null((await The<IQuestionStore>().FindAsync("q1", None))!.Customer);
        Assert.Null(Assert.Single(await The<ILedger>().LatestAsync(FactKind.QuestionAsked, 10, None)).Customer);
    }

    [Fact]
    public async Task A_cancellation_and_a_return_at_once_take_a_sale_back_once()
    {
        var sale = new Sale("core", "o1", 1, 1, SaleKind.Sale, "基金A", "funds", 1000.5m, "CNY", Given.Noon, "app", FaceToFace: false, null, null, null);
        Assert.Equal(new SaleOutcome.Recorded(Duplicate: false), await Sales.RecordAsync(sale, "{}", None));

        var outcomes = await AtOnceAsync(4, i => Sales.RecordAsync(sale with { Revision = 2 + i, Kind = i % 2 == 0 ? SaleKind.Cancel : SaleKind.Return }, "{}", None));

        Assert.All(outcomes, outcome => Assert.Equal(new SaleOutcome.Recorded(Duplicate: false), outcome));
        Assert.Single(await The<ILedger>().LatestAsync(FactKind.SaleCancelled, 10, None));
        Assert.Equal(5, await The<ISaleStore>().CountAsync("core", "o1", 1, None));
    }

    [Fact]
    public async Task One_report_of_a_sale_that_comes_four_times_at_once_is_one_sale()
    {
        var sale = new Sale("core", "o1", 1, 1, SaleKind.Sale, "基金A", "funds", 1000.5m, "CNY", Given.Noon, "app", FaceToFace: false, null, null, null);

        var outcomes = await AtOnceAsync(4, _ => Sales.RecordAsync(sale, "{}", None));

        Assert.Equal(1, outcomes.Count(outcome => outcome is SaleOutcome.Recorded { Duplicate: false }));
        Assert.Equal(3, outcomes.Count(outcome => outcome is SaleOutcome.Recorded { Duplicate: true }));
        Assert.Single(await The<ILedger>().LatestAsync(FactKind.SaleMade, 10, None));
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> act) => Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => act(i))));
}

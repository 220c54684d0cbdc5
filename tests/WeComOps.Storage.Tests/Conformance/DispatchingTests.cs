using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>Dispatchers of several nodes on one store.</summary>
public abstract class DispatchingTests : ConformanceTests
{
    private readonly SteppedClock _clock = new(Given.Noon);

    [Fact]
    public async Task Four_dispatchers_at_once_handle_each_of_200_messages_once_and_each_lane_in_its_order()
    {
        const int Messages = 200;
        const int Lanes = 17;
        for (var i = 0; i < Messages; i++)
        {
            await StoreAsync($"text|advisor{i % Lanes}|{i}", i);
        }

        var handled = new ConcurrentQueue<(string Lane, int Number)>();
        var handler = new FakeHandler(async (message, item) =>
        {
            var text = (WeComEvent.TextReceived)message;
            await Task.Yield();
            handled.Enqueue((text.UserId, int.Parse(text.Content, CultureInfo.InvariantCulture)));
            var changes = new Changes();
            changes.Record(Given.Fact("text:" + text.Content));
            return new Handled.Done(changes);
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var dispatcher = Dispatcher(handler);
            while ((await The<IInboxStore>().CountAsync(None)) is { Unrouted: > 0 } or { Waiting: > 0 })
            {
                await dispatcher.DispatchOnceAsync(None);
            }
        })));

        Assert.Equal(Messages, handled.Count);
        Assert.Equal(Enumerable.Range(0, Messages), handled.Select(one => one.Number).Order());
        Assert.All(handled.GroupBy(one => one.Lane), lane => Assert.Equal(lane.Select(one => one.Number).Order(), lane.Select(one => one.Number)));
        Assert.Equal(Messages, (await The<ILedger>().LatestAsync(null, 1000, None)).Count);
        Assert.Equal(new InboxCounts(Messages, 0, 0, 0), await The<IInboxStore>().CountAsync(None));
    }

    [Fact]
    public async Task A_handler_that_was_stopped_too_long_stores_nothing_and_the_message_takes_effect_once()
    {
        await StoreAsync("text|advisor1|1", 1);
        var calls = 0;
        var handler = new FakeHandler(async (_, item) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                // Stopped in the middle of it; another node claims and handles the message meanwhile.
                _clock.Advance(InboxDispatcher.Lease);
                await Dispatcher(Recording("second")).DispatchOnceAsync(None);
            }

            return Recorded("first");
        });

        await Dispatcher(handler).DispatchOnceAsync(None);

        Assert.Equal("second", Assert.Single(await The<ILedger>().LatestAsync(null, 10, None)).Id);
        Assert.Equal(new InboxCounts(1, 0, 0, 0), await The<IInboxStore>().CountAsync(None));
    }

    [Fact]
    public async Task What_a_stopping_service_has_claimed_and_not_handled_is_free_at_once()
    {
        await StoreAsync("text|advisor1|1", 1);
        await StoreAsync("text|advisor1|2", 2);
        using var stop = new CancellationTokenSource();
        var stopping = new FakeHandler(async (_, _) =>
        {
            await stop.CancelAsync();
            stop.Token.ThrowIfCancellationRequested();
            return Recorded("never");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Dispatcher(stopping).DispatchOnceAsync(stop.Token));

        await Dispatcher(new FakeHandler((message, _) => Task.FromResult<Handled>(Recorded(((WeComEvent.TextReceived)message).Content)))).DispatchOnceAsync(None);

        Assert.Equal(["1", "2"], (await The<ILedger>().LatestAsync(null, 10, None)).Select(fact => fact.Id).Order());
        Assert.Equal(new InboxCounts(2, 0, 0, 0), await The<IInboxStore>().CountAsync(None));
    }

    [Fact]
    public async Task A_message_for_a_handler_of_another_version_is_parked_and_the_rest_of_the_batch_is_handled()
    {
        await StoreAsync("text|advisor1|1", 1);
        await StoreAsync("text|advisor2|2", 2);
        await CommitAsync(changes => changes.Routed.Add(Given.Message(1).Route("answers.of-tomorrow")));

        await Dispatcher(Recording("2")).DispatchOnceAsync(None);

        Assert.Contains("answers.of-tomorrow", Assert.Single(await The<IInboxStore>().ParkedAsync(10, None)).Error, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(await The<ILedger>().LatestAsync(null, 10, None)).Id);
    }

    [Fact]
    public async Task A_handler_that_was_not_first_decides_again_on_what_is_true_by_then()
    {
        await StoreAsync("text|advisor1|1", 1);
        await CommitAsync(changes => changes.Questions.Add(Given.Question("q1")));
        var decisions = 0;
        var handler = new FakeHandler(async (_, _) =>
        {
            var read = (await The<Answers.IQuestionStore>().FindAsync("q1", None))!;
            if (++decisions == 1)
            {
                await CommitAsync(changes => changes.Questions.Add(read.Claim("desk", Given.Noon, TimeSpan.FromMinutes(5))));
            }

            var changes = new Changes();
            changes.Questions.Add(read with { Topic = "changed" });
            return new Handled.Done(changes);
        });

        await Dispatcher(handler).DispatchOnceAsync(None);

        var question = (await The<Answers.IQuestionStore>().FindAsync("q1", None))!;
        Assert.Equal((2, "desk", "changed"), (decisions, question.ClaimedBy, question.Topic));
        Assert.Equal(new InboxCounts(1, 0, 0, 0), await The<IInboxStore>().CountAsync(None));
    }

    [Fact]
    public async Task What_fails_comes_back_with_growing_pauses_and_some_chance_and_is_parked_in_the_end()
    {
        await StoreAsync("text|advisor1|1", 1);
        var dispatcher = Dispatcher(new FakeHandler((_, _) => throw new InvalidOperationException("broken")));
        for (var attempt = 1; attempt <= InboxDispatcher.MaxAttempts; attempt++)
        {
            Assert.NotEqual(0, await dispatcher.DispatchOnceAsync(None));
            Assert.Equal(0, await dispatcher.DispatchOnceAsync(None));
            if (attempt < InboxDispatcher.MaxAttempts)
            {
                _clock.Advance(TimeSpan.FromSeconds(Math.Pow(2, attempt)) - TimeSpan.FromMilliseconds(1));
                Assert.Equal(0, await dispatcher.DispatchOnceAsync(None));
                _clock.Advance(TimeSpan.FromSeconds(Math.Pow(2, attempt) / 4) + TimeSpan.FromMilliseconds(2));
            }
        }

        Assert.Equal("InvalidOperationException: broken", Assert.Single(await The<IInboxStore>().ParkedAsync(10, None)).Error);
    }

    [Fact]
    public async Task Fifty_customers_added_in_one_second_are_fifty_facts()
    {
        var (api, wecom) = FakeApi.Create();
        wecom.On("GetCustomerAsync", arguments => Task.FromResult(FakeApi.Done(
            new WeComCustomer((string)arguments[0]!, "客户", null, 1, [new Follow("advisor1", Given.Noon, 1, "advisor1", null, null)]))));
        for (var i = 0; i < 50; i++)
        {
            await StoreAsync($"add|advisor1|customer{i:00}", i);
        }

        IMessageHandler handler = new RecordFriend(api, The<IDirectoryStore>(), The<ICustomerStore>(), _clock);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Dispatcher(handler).DispatchOnceAsync(None)));

        var facts = await The<ILedger>().LatestAsync(FactKind.FriendAdded, 100, None);
        Assert.Equal(50, facts.Select(fact => fact.Customer).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(facts.Select(fact => fact.OccurredAt).Distinct());
    }

    private InboxDispatcher Dispatcher(params IMessageHandler[] handlers) => new(
        The<IInboxStore>(), The<IChangeStore>(), new FakeReader(), handlers, new SeededEntropy(1), _clock, NullLogger<InboxDispatcher>.Instance);

    private Task StoreAsync(string body, int number) => The<IIntake>().StoreAsync(Given.Message(number) with { Body = body }, None);

    private static FakeHandler Recording(string fact) => new((_, _) => Task.FromResult(Recorded(fact)));

    private static Handled Recorded(string fact)
    {
        var changes = new Changes();
        changes.Record(Given.Fact(fact));
        return new Handled.Done(changes);
    }

    private sealed class FakeHandler(Func<WeComEvent, InboxItem, Task<Handled>> handle) : IMessageHandler
    {
        public string Name => HandlerName.RouteQuestion;

        public Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken) => handle(message, item);
    }

    /// <summary>Bodies of three words: what, advisor, text or customer.</summary>
    private sealed class FakeReader : IWeComEventReader
    {
        public WeComEvent Read(string body) => body.Split('|') switch
        {
            ["text", var advisor, var text] => new WeComEvent.TextReceived(Given.Noon, advisor, text, "m" + text),
            ["add", var advisor, var customer] => new WeComEvent.CustomerAdded(Given.Noon, advisor, customer, null, null),
            _ => throw new FormatException(body),
        };
    }
}
